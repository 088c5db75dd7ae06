import Handlebars from 'handlebars'
import { compare } from '../core/diagnostic.ts'
import { Fault } from '../core/fault.ts'
import type { Template } from '../core/report.ts'
import { asking, nameValues, valueAsked } from './template-values.ts'
import { printing, tests } from './template-words.ts'

const blocks = ['if', 'unless', 'each', 'with']

/** Where templates lie, for what is said of one that cannot be used. */
export interface TemplateOrigin {
  readonly folder: string
  /** Names of those that GitSM ships; none where that is not known. */
  readonly shipped: ReadonlySet<string>
}

/** What Handlebars made of templates when GitSM was built, by `templateKey`. Code that is made then need not be made again. */
export interface Precompiled {
  readonly [key: string]: () => TemplateSpecification
}

const usualOrigin: TemplateOrigin = { folder: 'templates/reports', shipped: new Set() }

/**
 * Compiles the templates of a folder, given by name without `.md.hbs`. A name that starts with `_` is a partial of the
 * others, used as `{{> _name}}`, and is not returned.
 *
 * A template prints through the words of `template-words.ts` only, so that no text can change the shape of a page; a
 * bare `{{title}}`, an unknown word or a syntax error is a `Fault` that names the file and the line. So is, when a
 * template is filled, a value that the report does not have: the file may be a partial of the one that is filled.
 */
export function compileTemplates(
  sources: ReadonlyMap<string, string>,
  origin: TemplateOrigin = usualOrigin,
  precompiled: Precompiled = {},
): ReadonlyMap<string, Template> {
  const mistake = (name: string, where: string, cause?: unknown): Fault => inTemplate(origin, name, where, cause)
  const environment = Handlebars.create()
  for (const builtIn of ['log', 'lookup']) environment.unregisterHelper(builtIn)
  for (const block of blocks) environment.registerHelper(block, careful(environment.helpers[block] ?? absent))
  for (const [word, say] of Object.entries({ ...printing, ...tests })) environment.registerHelper(word, careful(say))
  environment.registerHelper(asking, careful(valueAsked))
  const compiled = new Map<string, Template>()
  for (const [name, source] of [...sources].sort(([a], [b]) => compare(a, b))) {
    const known = precompiled[templateKey(name, source)]
    const template = known
      ? environment.template<object>(known())
      : environment.compile<object>(checked(name, source, mistake), compiling)
    if (name.startsWith('_')) environment.registerPartial(name, template)
    else compiled.set(name, (model) => tidy(filled(name, () => template(model), mistake)))
  }
  return compiled
}

const words = [...Object.keys(printing), ...Object.keys(tests), asking]

const compiling = {
  strict: true,
  noEscape: true,
  knownHelpers: Object.fromEntries(words.map((word) => [word, true])),
  knownHelpersOnly: true,
}

/** What a template is known by once it is compiled: its name, which its code tells, and all that it says. */
function templateKey(name: string, source: string): string {
  return `${name}\n${source}`
}

/** The place that a helper is told: only its line is asked for, and places are the most of the code. */
const wholePlace = /(?<line>"data":data,"loc":\{"source":"[^"]*","start":\{"line":\d+),"column":\d+\},"end":\{[^}]*\}/g

/** The code of a module whose `precompiled` holds what Handlebars makes of templates, given by name. */
export function precompiledModule(sources: ReadonlyMap<string, string>): string {
  const mistake = (name: string, where: string, cause?: unknown): Fault => inTemplate(usualOrigin, name, where, cause)
  const entries = [...sources].map(([name, source]) => {
    const code = String(Handlebars.precompile(checked(name, source, mistake), compiling)).replace(
      wholePlace,
      '$<line>}',
    )
    return `${JSON.stringify(templateKey(name, source))}: () => (${code}),\n`
  })
  return `export const precompiled = {\n${entries.join('')}}\n`
}

/** A template as Handlebars compiles it; one that must not be used is a `Fault`. */
function checked(name: string, source: string, mistake: Mistake): hbs.AST.Program {
  const program = parsed(name, source, mistake)
  for (const { line, problem } of problems(program)) throw mistake(name, `, line ${line}: ${problem}`)
  nameValues(program)
  return program
}

type Helper = (this: unknown, ...given: unknown[]) => unknown

function absent(): never {
  throw new TypeError('a block of Handlebars is missing')
}

/** A helper that names its file and line when it fails, and refuses values that the model does not have. */
function careful(helper: CallableFunction): Helper {
  return function (this: unknown, ...handed: unknown[]) {
    const given = handed.map(unboxed)
    try {
      if (helper !== valueAsked && given.includes(undefined)) throw new TypeError('the report has no such value')
      return Reflect.apply(helper, this, given)
    } catch (cause) {
      if (cause instanceof TemplateMistake || !(cause instanceof TypeError)) throw cause
      throw new TemplateMistake(cause, given.at(-1))
    }
  }
}

/** Handlebars hands a text, a number or a truth on as an object where it is `this` of a block. */
function unboxed(given: unknown): unknown {
  return given instanceof String || given instanceof Number || given instanceof Boolean ? given.valueOf() : given
}

/** What a helper could not do, and where: the options that Handlebars hands to helpers tell the place. */
class TemplateMistake extends TypeError {
  /** Name of the template or partial; `undefined` where it is not known. */
  readonly template: string | undefined
  readonly line: string

  constructor(cause: TypeError, options: unknown) {
    super(cause.message, { cause })
    const place = memberOf(options, 'loc')
    const [source, line] = [memberOf(place, 'source'), memberOf(memberOf(place, 'start'), 'line')]
    this.template = typeof source === 'string' ? source : undefined
    this.line = typeof line === 'number' ? String(line) : '?'
  }
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

/** Makes the fault of a template by its name; `where` follows the path of the file. */
type Mistake = (name: string, where: string, cause?: unknown) => Fault

function parsed(name: string, source: string, mistake: Mistake): hbs.AST.Program {
  try {
    return Handlebars.parse(source, { srcName: name })
  } catch (cause) {
    throw mistake(name, `: ${firstLine(cause)}`, cause)
  }
}

function filled(name: string, fill: () => string, mistake: Mistake): string {
  try {
    return fill()
  } catch (cause) {
    if (!(cause instanceof TemplateMistake)) throw mistake(name, ` cannot be filled: ${firstLine(cause)}`, cause)
    throw mistake(cause.template ?? name, `, line ${cause.line}: ${cause.message}`, cause)
  }
}

/** Everything in a template that prints without a word, or uses a word that does not exist. */
function problems(program: hbs.AST.Program): readonly { readonly line: number; readonly problem: string }[] {
  const found: { line: number; problem: string }[] = []
  const visitor = new Handlebars.Visitor()
  const report = (node: hbs.AST.Node, problem: string): void => {
    found.push({ line: node.loc.start.line, problem })
  }
  const { MustacheStatement, BlockStatement, SubExpression, PartialStatement } = visitor
  visitor.MustacheStatement = (node) => {
    const word = wordOf(node.path)
    if (!Object.hasOwn(printing, word)) report(node, `{{${word}}} prints a value without saying how`)
    MustacheStatement.call(visitor, node)
  }
  visitor.BlockStatement = (node) => {
    if (!blocks.includes(wordOf(node.path))) report(node, `{{#${wordOf(node.path)}}} is no block`)
    BlockStatement.call(visitor, node)
  }
  visitor.SubExpression = (node) => {
    const word = wordOf(node.path)
    if (!Object.hasOwn(tests, word)) report(node, `(${word} …) is no test`)
    SubExpression.call(visitor, node)
  }
  visitor.PartialStatement = (node) => {
    if (node.name.type !== 'PathExpression') report(node, 'the name of a partial must be written out')
    PartialStatement.call(visitor, node)
  }
  visitor.PartialBlockStatement = (node) => report(node, 'a partial takes no block')
  visitor.DecoratorBlock = (node) => report(node, 'decorators are not in use')
  visitor.Decorator = (node) => report(node, 'decorators are not in use')
  visitor.accept(program)
  return found
}

function wordOf(path: hbs.AST.Expression): string {
  return 'original' in path ? String(path.original) : ''
}

/** Blocks leave blank lines and trailing spaces behind; one blank line is enough, and the last line ends. */
function tidy(text: string): string {
  return `${text
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? ''
}

function inTemplate({ folder, shipped }: TemplateOrigin, name: string, where: string, cause?: unknown): Fault {
  const file = `${folder}/${name}.md.hbs`
  const correct = 'correct it as "Changing a page" in docs/reports.md of GitSM tells'
  const cure =
    shipped.size > 0 && !shipped.has(name)
      ? `${correct.charAt(0).toUpperCase()}${correct.slice(1)}`
      : `If the file was written for another version of GitSM, delete it, run "gitsm init .", which writes the one of this version, and commit that; else ${correct}`
  return new Fault(`${file}${where}`, cause === undefined ? { cure } : { cure, cause })
}
