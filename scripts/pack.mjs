// Makes one program of the chunks that esbuild splits a program into. Only the entry is code that Node compiles at once;
// every other chunk lies behind it in a comment, and is compiled when a command first needs it. V8 passes over a comment
// eight times as fast as over code, and most commands need a small part of the program.

/** @typedef {{ readonly path: string, readonly text: string }} Chunk */

/**
 * The text of the program.
 * @param {readonly Chunk[]} chunks what esbuild wrote, with `splitting` and whitespace taken out
 * @param {string} entry name of the file that begins the program
 * @param {string} banner what every chunk begins with
 */
export function packed(chunks, entry, banner) {
  const bodies = new Map(
    chunks.map(({ path, text }) => [
      nameOf(path),
      linked(text.slice(text.indexOf(banner) + banner.length).trimStart()),
    ]),
  )
  const main = bodies.get(entry)
  if (main === undefined) throw new Error(`esbuild wrote no ${entry}`)
  bodies.delete(entry)
  const parts = [...bodies]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, body]) => [name, hidden(name, body)])
  const end = '*/\n'
  let left = parts.reduce((sum, [, text]) => sum + text.length, end.length)
  const places = {}
  for (const [name, text] of parts) {
    places[name] = [left, text.length]
    left -= text.length
  }
  return `${banner}\n${loader(places)}${main}\n/*${parts.map(([, text]) => text).join('')}${end}`
}

/** Finds a part by its place, counted from the end of this very file, compiles it once and gives back what it exports. */
function loader(places) {
  return [
    "import{readFileSync as gitsmRead}from'node:fs'",
    "import{compileFunction as gitsmCompile}from'node:vm'",
    `const gitsmPlaces=${JSON.stringify(places)},gitsmLoaded=new Map()`,
    'let gitsmFile',
    'function gitsmPart(name){',
    'const known=gitsmLoaded.get(name)',
    'if(known)return known',
    'gitsmFile??=gitsmRead(new URL(import.meta.url))',
    'const[left,length]=gitsmPlaces[name],at=gitsmFile.length-left',
    `const text=gitsmFile.latin1Slice(at,at+length).replaceAll('${commentEnd}','*/')`,
    "const made=gitsmCompile(text,['gitsmPart','require'],{filename:'gitsm:'+name})(gitsmPart,require)",
    'gitsmLoaded.set(name,made)',
    'return made}',
    '',
  ].join('\n')
}

/** A chunk with its imports from other chunks as calls of the loader, and its exports as what it returns. */
function linked(text) {
  let rest = text
  let head = ''
  for (;;) {
    const found = /^import(?:\{([^}]*)\}from)?"\.\/([^"]+)";/.exec(rest)
    if (!found) break
    const [all, names, from] = found
    head += names === undefined ? `gitsmPart("${from}");` : `const{${renamed(names, '$1:$2')}}=gitsmPart("${from}");`
    rest = rest.slice(all.length)
  }
  const exported = /export\{([^}]*)\};?\s*$/.exec(rest)
  const body = exported ? `${rest.slice(0, exported.index)}return{${renamed(exported[1], '$2:$1')}}` : rest
  return head + body.replace(/\bimport\("\.\/([^"]+)"\)/g, 'Promise.resolve().then(()=>gitsmPart("$1"))')
}

function renamed(names, order) {
  return names
    .split(',')
    .filter(Boolean)
    .map((name) => name.replace(/^(\S+) as (\S+)$/, order))
    .join(',')
}

/** What stands in a part for the sign that would end the comment around it. */
const commentEnd = '*#/'

/**
 * The text of a part so that no comment ends within it and every character is one byte. Other characters stand in strings
 * and patterns only, where their codes mean the same.
 */
function hidden(name, text) {
  if (/\bimport\.meta\b/.test(text)) throw new Error(`${name} asks where it lies, which only the entry knows`)
  if (text.includes(commentEnd)) throw new Error(`${name} holds ${commentEnd}: choose another sign`)
  return text
    .replaceAll('*/', commentEnd)
    .replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function nameOf(path) {
  return path.slice(path.lastIndexOf('/') + 1)
}
