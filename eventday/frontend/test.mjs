// Bundles src/**/*.test.ts for Node and runs them with its own test runner.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const tests = readdirSync(join(here, "src"), { recursive: true })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => join(here, "src", file));
const outdir = mkdtempSync(join(tmpdir(), "eventday-ts-"));
try {
  await build({
    entryPoints: tests,
    outdir,
    bundle: true,
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  const built = readdirSync(outdir, { recursive: true })
    .filter((file) => file.endsWith(".test.mjs"))
    .map((file) => join(outdir, file));
  const run = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...built], {
    stdio: "inherit",
    env: { ...process.env, EVENTDAY_TESTS: join(here, "../../tests") },
  });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
