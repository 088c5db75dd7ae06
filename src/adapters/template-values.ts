import Handlebars from 'handlebars'

/** The word that stands before each value once a template is read; templates cannot use it themselves. */
export const asking = 'value of'

/** What a path leads to: `name` as the template has it, the value at its first step, and the further steps. */
export function valueAsked(name: unknown, first: unknown, ...rest: unknown[]): unknown {
  let found = first
  for (const step of rest.slice(0, -1).map(String)) {
    found =
      found !== null && typeof found === 'object' && Object.hasOwn(found, step) ? Reflect.get(found, step) : undefined
  }
  if (found === undefined) throw new TypeError(`the report has no value ${String(name)}`)
  return found
}

/**
 * Puts `asking` before each value that a word, a block or a partial is given, so that a missing one is told by name.
 */
export function nameValues(program: hbs.AST.Program): void {
  const visitor = new Handlebars.Visitor()
  const { MustacheStatement, BlockStatement, SubExpression, PartialStatement } = visitor
  visitor.MustacheStatement = (node) => {
    MustacheStatement.call(visitor, named(node))
  }
  visitor.BlockStatement = (node) => {
    BlockStatement.call(visitor, named(node))
  }
  visitor.SubExpression = (node) => {
    if (!('original' in node.path) || node.path.original !== asking) SubExpression.call(visitor, named(node))
  }
  visitor.PartialStatement = (node) => {
    PartialStatement.call(visitor, named(node))
  }
  visitor.accept(program)
}

/** Changes a node in place, as Handlebars keeps it: the tree belongs to the template that is being compiled. */
function named<T extends { params: hbs.AST.Expression[]; hash?: hbs.AST.Hash }>(node: T): T {
  node.params = node.params.map(asked)
  for (const pair of node.hash?.pairs ?? []) pair.value = asked(pair.value)
  return node
}

function asked(value: hbs.AST.Expression): hbs.AST.Expression {
  if (!isPath(value) || value.parts.length === 0) return value
  const [first = '', ...steps] = value.parts
  const { loc } = value
  const text = (given: string): hbs.AST.StringLiteral => ({
    type: 'StringLiteral',
    value: given,
    original: given,
    loc,
  })
  const word: hbs.AST.PathExpression = {
    type: 'PathExpression',
    data: false,
    depth: 0,
    parts: [asking],
    original: asking,
    loc,
  }
  const start: hbs.AST.PathExpression = { ...value, parts: [first] }
  const call: hbs.AST.SubExpression = {
    type: 'SubExpression',
    path: word,
    params: [text(value.original), start, ...steps.map(text)],
    hash: { type: 'Hash', pairs: [], loc },
    loc,
  }
  return call
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression'
}
