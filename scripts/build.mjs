// Bundles src/cli.ts into one file: dist/gitsm.js by default, or the path given as the first argument.
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { packed } from './pack.mjs'

const outfile = process.argv[2] ?? fileURLToPath(new URL('../dist/gitsm.js', import.meta.url))

// The build of `yaml` for Node looks into the environment at every token, which takes a sixth of all reading; its build
// for browsers has the same parser without that.
const { resolve } = createRequire(import.meta.url)
const yaml = join(dirname(resolve('yaml')), '../browser/dist/index.js')

// What Node gets of `handlebars` on top of this is a way to import templates as modules, and a printer of syntax trees.
const handlebars = resolve('handlebars/dist/cjs/handlebars.js')

/** Loads a module of Node when a command first needs it. Imports would all be loaded at every start. */
const lazyNode = {
  name: 'lazy-node',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'lazy-node' } : undefined,
    )
    onLoad({ filter: /^node:/, namespace: 'lazy-node' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }))
  },
}

/** Leaves out the writer of source maps, which `handlebars` does without where it is missing. */
const noSourceMap = {
  name: 'no-source-map',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^source-map$/ }, ({ path }) => ({ path, namespace: 'no-source-map' }))
    onLoad({ filter: /.*/, namespace: 'no-source-map' }, () => ({ contents: 'module.exports = {}' }))
  },
}

/** Puts what Handlebars makes of the templates of reports into the program, so that no report has to compile them. */
const precompiledTemplates = {
  name: 'precompiled-templates',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]adapters[\\/]precompiled\.ts$/ }, async () => ({
      contents: await precompiledModule(),
    }))
  },
}

const banner =
  "#!/usr/bin/env node\nimport { createRequire as gitsmCreateRequire } from 'node:module'\nconst require = gitsmCreateRequire(import.meta.url)"

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../src/cli.ts', import.meta.url))],
  outdir: dirname(outfile),
  write: false,
  bundle: true,
  // Parts that only some commands need, so that the others need not read them.
  splitting: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  alias: { yaml, handlebars },
  plugins: [lazyNode, noSourceMap, precompiledTemplates],
  banner: { js: banner },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
})
await mkdir(dirname(outfile), { recursive: true })
await writeFile(outfile, packed(outputFiles, 'cli.js', banner))
await chmod(outfile, 0o755)

async function precompiledModule() {
  const folder = new URL('../templates/reports/', import.meta.url)
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md.hbs')).sort()
  const sources = new Map()
  for (const name of names) sources.set(name.slice(0, -'.md.hbs'.length), await readFile(new URL(name, folder), 'utf8'))
  const compiler = new URL(`../.build/template-${process.pid}.mjs`, import.meta.url)
  await build({
    entryPoints: [fileURLToPath(new URL('../src/adapters/template.ts', import.meta.url))],
    outfile: fileURLToPath(compiler),
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { handlebars },
    plugins: [noSourceMap],
    banner: { js: banner },
    logLevel: 'warning',
  })
  const { precompiledModule: moduleOf } = await import(compiler)
  await rm(compiler)
  // Every function of Handlebars brings a stand-in for what the Handlebars of the same build has.
  const code = moduleOf(sources).replace(
    /container\.lookupProperty \|\| function\([^{]*\{[^{]*\{[^}]*\}[^}]*\}/g,
    'container.lookupProperty',
  )
  return (await transform(code, { minify: true, format: 'esm', target: 'node20.19' })).code
}
