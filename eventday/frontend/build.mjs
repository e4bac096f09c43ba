// Bundles every entry in src/pages/ into static/dist/ and writes manifest.json: entry name -> file with digest.
// `--watch` rebuilds on change.
import { build, context } from "esbuild";
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../static/dist");
const watching = process.argv.includes("--watch");
// Built aside and moved into place whole, so that a running server never sees half a front end.
const workshop = watching ? dist : `${dist}-${process.pid}`;
const entries = readdirSync(join(here, "src/pages")).map((file) => join(here, "src/pages", file));
const fonts = join(here, "../badges/fonts");

const manifest = {
  name: "manifest",
  setup(builder) {
    builder.onEnd((result) => {
      if (result.errors.length) return;
      const files = {};
      for (const [output, { entryPoint }] of Object.entries(result.metafile.outputs)) {
        if (!entryPoint) continue;
        const name = basename(entryPoint).replace(/\.ts$/, ".js");
        files[name] = relative(workshop, join(process.cwd(), output));
      }
      files["zxing_reader.wasm"] = "zxing_reader.wasm";
      writeFileSync(join(workshop, "manifest.json"), JSON.stringify(files, null, 1));
    });
  },
};

const options = {
  entryPoints: entries,
  outdir: workshop,
  entryNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  sourcemap: false,
  metafile: true,
  target: ["es2020", "safari15", "chrome87"], // WeChat's browser on a phone some years old
  format: "esm",
  logLevel: "warning",
  plugins: [manifest],
};

rmSync(workshop, { recursive: true, force: true });
mkdirSync(workshop, { recursive: true });
cpSync(
  join(here, "node_modules/zxing-wasm/dist/reader/zxing_reader.wasm"),
  join(workshop, "zxing_reader.wasm"),
);
mkdirSync(fonts, { recursive: true });
// The second family is for what the first lacks: Łukasz, Šimon, Özdağ, Ηλίας.
for (const weight of [
  "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
  "noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
  "noto-sans/400Regular/NotoSans_400Regular.ttf",
  "noto-sans/700Bold/NotoSans_700Bold.ttf",
]) {
  const font = join(fonts, basename(weight));
  if (!existsSync(font)) cpSync(join(here, "node_modules/@expo-google-fonts", weight), font);
}
if (watching) await (await context(options)).watch();
else {
  await build(options);
  rmSync(dist, { recursive: true, force: true });
  renameSync(workshop, dist);
}
