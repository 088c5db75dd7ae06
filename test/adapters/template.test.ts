import { describe, expect, test } from 'vitest'
import { compileTemplates, type Precompiled, precompiledModule } from '../../src/adapters/template.ts'
import { Fault } from '../../src/core/fault.ts'
import { naughtyTexts } from '../reports/naughty.ts'
import { shapeOf } from '../reports/page-shape.ts'

function fill(source: string, model: object, partials: { readonly [name: string]: string } = {}): string {
  const template = compileTemplates(new Map([['page', source], ...Object.entries(partials)])).get('page')
  if (!template) throw new Error('the page is missing')
  return template(model)
}

function faultOf(act: () => unknown): Fault {
  try {
    act()
  } catch (fault) {
    if (fault instanceof Fault) return fault
    throw fault
  }
  throw new Error('nothing was wrong')
}

describe('a template', () => {
  test.each(naughtyTexts)('keeps its shape around %j', (title) => {
    const source = [
      '# {{md title}}',
      '',
      '{{md title}} and {{code title}}: {{link title title}}, {{list titles}}',
      '',
      '| A | B |',
      '| --- | ---: |',
      '{{#each titles}}',
      '| {{cell this}} | {{link this ../title}} |',
      '{{/each}}',
      '',
      '```mermaid',
      'pie',
      '  "{{mermaid title}}" : 3',
      '```',
    ].join('\n')
    const shape = (text: string): string => shapeOf(fill(source, { title: text, titles: [text, text] }))
    expect(shape(title)).toBe(shape('x'))
  })

  test.each([
    ['{{title}}', 'line 1: {{title}} prints a value'],
    ['a\n\n{{{title}}}', 'line 3: {{title}} prints a value'],
    ['{{&title}}', 'prints a value'],
    ['{{this}}', 'prints a value'],
    ['{{eq a b}}', 'prints a value'],
    ['{{lookup a "b"}}', 'prints a value'],
    ['{{log "x"}}', 'prints a value'],
    ['{{shout title}}', 'prints a value'],
    ['{{#title}}x{{/title}}', 'is no block'],
    ['{{#if (shout title)}}x{{/if}}', '(shout …) is no test'],
    ['{{md (md title)}}', '(md …) is no test'],
    ['{{> (md title)}}', 'must be written out'],
    ['{{#> _foot}}x{{/_foot}}', 'a partial takes no block'],
    ['{{#*inline "x"}}y{{/inline}}', 'decorators are not in use'],
    ['{{#if title}}', 'Parse error on line 1'],
  ])('%j is refused before it is filled', (source, message) => {
    expect(() => compileTemplates(new Map([['page', source]]))).toThrow(Fault)
    expect(() => compileTemplates(new Map([['page', source]]))).toThrow(message)
  })

  test.each([
    ['\n{{md title}}', {}, ', line 2: the report has no value title'],
    ['{{md a.title}}', { a: {} }, ', line 1: the report has no value a.title'],
    ['\n{{md a.b.title}}', { a: {} }, ', line 2: the report has no value a.b.title'],
    ['\n{{md a.title}}', { a: null }, ', line 2: the report has no value a.title'],
    ['\n{{#if (eq a.b.c "x")}}x{{/if}}', { a: { b: null } }, ', line 2: the report has no value a.b.c'],
    ['{{#each list}}\n{{md ../a.title}}\n{{/each}}', { list: [1] }, ', line 2: the report has no value ../a.title'],
    ['{{#if title}}x{{/if}}', {}, ', line 1: the report has no value title'],
    ['{{#unless title}}x{{/unless}}', {}, ', line 1: the report has no value title'],
    ['{{#each title}}x{{/each}}', {}, ', line 1: the report has no value title'],
    ['{{> _row title}}', {}, ', line 1: the report has no value title'],
    ['{{#each list}}\n{{md this}}\n{{/each}}', { list: [1] }, ', line 2: a text is needed here'],
    ['{{md title}}', { title: 3 }, ', line 1: a text is needed here'],
    ['{{number title}}', { title: '3' }, 'a number is needed here'],
    ['{{list title}}', { title: 'x' }, 'a list of texts is needed here'],
    ['{{md constructor}}', {}, 'the report has no value constructor'],
    ['{{md a.constructor}}', { a: {} }, 'the report has no value a.constructor'],
    ['{{md __proto__}}', {}, 'the report has no value __proto__'],
    ['{{> _foot}}', {}, ' cannot be filled: The partial _foot'],
  ])('%j filled with %j is a fault that names file, line and value', (source, model, message) => {
    const page = (): string => fill(source, model, { _row: 'x' })
    expect(page).toThrow(Fault)
    expect(page).toThrow('templates/reports/page.md.hbs')
    expect(page).toThrow(message)
  })

  test('a value that a partial lacks is told of the file of the partial, and how to get the shipped one', () => {
    const fault = faultOf(() => fill('\n\n{{> _row}}', {}, { _row: '\n{{md title}}' }))
    expect(fault.message).toBe('templates/reports/_row.md.hbs, line 2: the report has no value title')
    expect(fault.cure).toContain('delete it, run "gitsm init ."')
  })

  test('of a template that GitSM does not ship nothing is said of another version', () => {
    const origin = { folder: 'templates/reports', shipped: new Set(['csi']) }
    const fill = (name: string) => compileTemplates(new Map([[name, '{{md title}}']]), origin).get(name)?.({})
    expect(faultOf(() => fill('mine')).cure).toMatch(/^Correct it as/)
    expect(faultOf(() => fill('csi')).cure).toContain('another version of GitSM')
  })

  test('prints what a block hands on as it prints anything else', () => {
    const source = '{{#each list}}{{#if this}}{{value this}} {{#if (text this)}}{{md this}}{{/if}} {{/if}}{{/each}}'
    expect(fill(source, { list: ['PT15M', 3, true, ''] })).toBe('PT15M PT15M 3  true\n')
  })

  test('uses partials, which are no templates of their own', () => {
    expect(fill('{{md title}} {{> _foot}}', { title: 'x' }, { _foot: 'by {{md title}}' })).toBe('x by x\n')
    expect([...compileTemplates(new Map([['_foot', 'x']])).keys()]).toEqual([])
  })

  test('ends with one line end and holds no run of blank lines', () => {
    expect(fill('{{#if a}}\nx  \n{{/if}}\n\n\n\ny\n\n\n', { a: true })).toBe('x\n\ny\n')
  })
})

describe('the words of a template', () => {
  test.each([
    ['{{number 3}}', '3'],
    ['{{number 3.14159 2 "h"}}', '3.14 h'],
    ['{{number 12.5 null "h"}} {{number 12.5 null ""}}.', '12.5 h 12.5.'],
    ['{{number 99.5}} {{number 90}}', '99.5 90'],
    ['{{number nothing}}', 'no data'],
    ['{{probability 0.0123}} {{probability 0.0001}}', 'p = 0.012 p below 0.001'],
    ['{{percent 1 4}}', '25 %'],
    ['{{percent 0 0}}', 'no data'],
    ['{{duration 93600}}', '1 d 2 h'],
    ['{{duration nothing}}', 'no data'],
    ['{{hours 93600}}', '26 h'],
    ['{{hours nothing}}', 'no data'],
    ['{{instant 0}}', '1970-01-01 01:00'],
    ['{{#with inner}}{{instant 0}}{{/with}}', '1970-01-01 01:00'],
    ['{{instant nothing}}', '–'],
    ['{{date 82800}}', '1970-01-02'],
    ['{{date nothing}}', '–'],
    ['{{plural 1 "incident" "incidents"}}', '1 incident'],
    ['{{plural 0 "incident" "incidents"}}', '0 incidents'],
    ['{{cell nothing}}', '–'],
    ['{{list one}}', 'a'],
    ['{{list three}}', 'a, b\\_ and c'],
    ['{{url "javascript:x"}}', '#'],
    ['{{bar 5 10}}|{{bar 10 10}}|{{bar 0 10}}|{{bar 1 1000}}|', '█████|██████████||▏|'],
    ['{{spark series}}|{{spark empty}}', '▁█▅·|'],
    ['{{spark shares}}|{{spark shares 100}}', '▆▆██|▆▆▇█'],
    ['{{#if (eq "a" "a")}}y{{/if}}', 'y'],
    ['{{#if (eq "a" "b")}}y{{else}}n{{/if}}', 'n'],
    ['{{#if (gt 2 1)}}y{{/if}}', 'y'],
    ['{{#if (and one (not nothing))}}y{{/if}}', 'y'],
    ['{{#if (or nothing empty)}}y{{else}}n{{/if}}', 'n'],
  ])('%s reads %s', (source, expected) => {
    const model = {
      zone: 'Europe/Berlin',
      nothing: null,
      inner: { a: 1 },
      one: ['a'],
      three: ['a', 'b_', 'c'],
      empty: [],
      series: [null, 0, 8, 5, null],
      shares: [77, 77, 94, 100],
    }
    expect(fill(source, model)).toBe(`${expected}\n`)
  })

  test('an instant is in UTC where the page names no zone', () => {
    expect(fill('{{instant 0}}', {})).toBe('1970-01-01 00:00\n')
  })
})

describe('a template that was compiled before', () => {
  const sources = new Map([
    ['page', '# {{md title}}\n\n{{#each rows}}\n- {{md name}}: {{> _row this}}\n{{/each}}\n'],
    ['_row', '{{number n}}\n{{#if (gt n 1)}}\nmany {{md ../title}}\n{{/if}}'],
  ])
  const good = { title: 'A <b>', rows: [{ name: 'x', n: 1 }] }
  const bad = { title: 'A', rows: [{ name: 'x' }] }

  test('says what it says when it is compiled anew, of mistakes too', async () => {
    const { compiled, used } = await compiledBefore(sources)
    const kept = compileTemplates(sources, undefined, compiled).get('page')
    const anew = compileTemplates(sources).get('page')
    expect(kept?.(good)).toBe(anew?.(good))
    expect(used.size).toBe(2)
    expect(faultOf(() => kept?.(bad)).message).toBe(faultOf(() => anew?.(bad)).message)
    expect(faultOf(() => kept?.(bad)).message).toContain('_row.md.hbs, line 1')
  })

  test('is compiled anew where it says something else now', async () => {
    const { compiled, used } = await compiledBefore(sources)
    const edited = new Map([...sources, ['page', 'Edited: {{md title}}']])
    expect(compileTemplates(edited, undefined, compiled).get('page')?.(good)).toBe('Edited: A &lt;b&gt;\n')
    expect(used.size).toBe(1)
  })
})

/** What the build puts into the program, and which of it was used. */
async function compiledBefore(sources: ReadonlyMap<string, string>) {
  const code = Buffer.from(precompiledModule(sources)).toString('base64')
  const { precompiled }: { precompiled: Precompiled } = await import(`data:text/javascript;base64,${code}`)
  const used = new Set<string>()
  const watched = Object.entries(precompiled).map(([key, spec]) => {
    const noted = () => {
      used.add(key)
      return spec()
    }
    return [key, noted] as const
  })
  return { compiled: Object.fromEntries(watched), used }
}
