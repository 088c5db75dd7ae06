import Handlebars from 'handlebars'
import { compare } from '../core/diagnostic.ts'
import { Fault } from '../core/fault.ts'
import type { Template } from '../core/report.ts'
import { printing, tests } from './template-words.ts'

const blocks = ['if', 'unless', 'each', 'with']

/**
 * Compiles the templates of a folder, given by name without `.md.hbs`. A name that starts with `_` is a partial of the
 * others, used as `{{> _name}}`, and is not returned.
 *
 * A template prints through the words of `template-words.ts` only, so that no text can change the shape of a page; a
 * bare `{{title}}`, an unknown word or a syntax error is a `Fault` that names the template and the line. So is, when a
 * template is filled, a value that the report does not have.
 */
export function compileTemplates(sources: ReadonlyMap<string, string>): ReadonlyMap<string, Template> {
  const environment = Handlebars.create()
  for (const builtIn of ['log', 'lookup']) environment.unregisterHelper(builtIn)
  for (const block of blocks) environment.registerHelper(block, careful(environment.helpers[block] ?? absent))
  for (const [word, say] of Object.entries({ ...printing, ...tests })) environment.registerHelper(word, careful(say))
  const knownHelpers = Object.fromEntries([...Object.keys(printing), ...Object.keys(tests)].map((word) => [word, true]))
  const compiled = new Map<string, Template>()
  for (const [name, source] of [...sources].sort(([a], [b]) => compare(a, b))) {
    const program = parsed(name, source)
    for (const { line, problem } of problems(program)) throw inTemplate(`${name}, line ${line}: ${problem}`)
    const template = environment.compile<object>(program, {
      strict: true,
      noEscape: true,
      knownHelpers,
      knownHelpersOnly: true,
    })
    if (name.startsWith('_')) environment.registerPartial(name, template)
    else compiled.set(name, (model) => tidy(filled(name, () => template(model))))
  }
  return compiled
}

type Helper = (this: unknown, ...given: unknown[]) => unknown

function absent(): never {
  throw new TypeError('a block of Handlebars is missing')
}

/** A helper that names its line when it fails, and refuses values that the model does not have. */
function careful(helper: CallableFunction): Helper {
  return function (this: unknown, ...handed: unknown[]) {
    const given = handed.map(unboxed)
    try {
      if (given.includes(undefined)) throw new TypeError('a value that the report does not have is asked for')
      return Reflect.apply(helper, this, given)
    } catch (cause) {
      if (cause instanceof TemplateMistake || !(cause instanceof TypeError)) throw cause
      throw new TemplateMistake(`line ${lineOf(given.at(-1))}: ${cause.message}`, { cause })
    }
  }
}

/** Handlebars hands a text, a number or a truth on as an object where it is `this` of a block. */
function unboxed(given: unknown): unknown {
  return given instanceof String || given instanceof Number || given instanceof Boolean ? given.valueOf() : given
}

class TemplateMistake extends TypeError {}

function lineOf(options: unknown): string {
  const place = typeof options === 'object' && options !== null && 'loc' in options ? options.loc : undefined
  const start = typeof place === 'object' && place !== null && 'start' in place ? place.start : undefined
  return typeof start === 'object' && start !== null && 'line' in start ? String(start.line) : '?'
}

function parsed(name: string, source: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source)
  } catch (cause) {
    throw inTemplate(`${name}: ${firstLine(cause)}`, cause)
  }
}

function filled(name: string, fill: () => string): string {
  try {
    return fill()
  } catch (cause) {
    throw inTemplate(`${name} cannot be filled: ${firstLine(cause)}`, cause)
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

function inTemplate(message: string, cause?: unknown): Fault {
  const cure = 'Compare the template with the one that GitSM ships, and correct it.'
  return new Fault(`template ${message}`, cause === undefined ? { cure } : { cure, cause })
}
