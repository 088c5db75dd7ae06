/** The longest path that is trusted, in bytes of UTF-8. */
const longestPath = 200

const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)/i

/**
 * Names of letters, digits, dashes and underscores, the last also with dots inside: nothing below can be said of them.
 */
const ordinary = /^(?:\w[\w-]*\/)*\w[\w.-]*\w$/
const deviceAnywhere = /(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)/i

/**
 * Why a path from a tree cannot be trusted; `undefined` for an ordinary one. The words complete "… because …".
 *
 * git stores any bytes as a path. Refused is what another program could take for an option, a pattern, a folder above,
 * git's own folder or a device, what some systems cannot check out, and what a reader cannot see.
 */
export function pathProblem(path: string): string | undefined {
  if (path.length <= longestPath && ordinary.test(path) && !deviceAnywhere.test(path)) return undefined
  if (/\p{Cc}/u.test(path)) return 'it contains a control character'
  if (/[\p{Cf}\p{Zl}\p{Zp}]/u.test(path)) return 'it contains a character that cannot be seen'
  if (/[\p{Cs}\ufffd]/u.test(path)) return 'it is not UTF-8'
  if (Buffer.byteLength(path) > longestPath) return `it is longer than ${longestPath} bytes`
  const sign = /[\\:*?"<>|]/.exec(path)
  if (sign) return `it contains ${sign[0]}`
  for (const name of path.split('/')) {
    const problem = nameProblem(name)
    if (problem) return problem
  }
  return undefined
}

function nameProblem(name: string): string | undefined {
  if (name === '') return 'a name in it is empty'
  if (name === '.' || name === '..') return 'it leads through . or ..'
  if (name.startsWith('-')) return 'a name in it begins with a dash'
  if (/[. ]$/.test(name)) return 'a name in it ends in a dot or a space'
  if (/^(\.git|git~\d+)$/i.test(name)) return "it leads into git's own folder"
  if (devices.test(name)) return 'a name in it means a device on Windows'
  return undefined
}
