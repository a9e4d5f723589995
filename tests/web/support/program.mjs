// The real program with a knowledge base made from the seed, in a fresh folder, on a port the system chose.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run_file = promisify(execFile);
export const kRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
export const kProgram = process.env.TREFF_PROGRAM || path.join(kRoot, "build/release/treff");
// The day on which the seed was checked: the same options and the same ages of figures whenever the tests run.
export const kToday = "2026-11-22";

/** Runs the program to its end and gives what it printed. */
export async function treff(...args) {
  const { stdout } = await run_file(kProgram, args, { maxBuffer: 64 << 20 });
  return stdout;
}

function started(child) {
  return new Promise((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (bytes) => {
      out += bytes;
      const found = out.match(/listening on (http:\/\/\S+)\n/);
      if (found) resolve(found[1]);
    });
    child.once("exit", (status) => reject(new Error(`treff serve ended with ${status}: ${child.log}`)));
    child.once("error", reject);
  });
}

/** Makes a knowledge base and serves it with the pages of the tree. */
export async function start_program() {
  const folder = await mkdtemp(path.join(tmpdir(), "treff-web-"));
  const kb = path.join(folder, "kb");
  await treff("--kb", kb, "init", "--name", "norway");
  const seeds = ["reference", "norway", "example"].map((name) => path.join(kRoot, "kb/seed", name));
  await treff("--kb", kb, "import", "curated", ...seeds, "--by", "seed", "--reason", "built-in content");
  await treff("--kb", kb, "index");
  const child = spawn(kProgram, [
    "--kb",
    kb,
    "serve",
    "--listen",
    "127.0.0.1:0",
    "--web",
    path.join(kRoot, "web-static"),
  ]);
  child.log = "";
  child.stderr.on("data", (bytes) => (child.log += bytes));
  const address = await started(child);
  return {
    address,
    kb,
    log: () => child.log,
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
