// Runs in the page, as a plain script beside Mermaid.

let sources = []

/** Draws every diagram of the page with the settings that GitHub keeps, and gives what Mermaid says of those it cannot. */
globalThis.drawDiagrams = async (dark) => {
  const places = [...document.querySelectorAll('.mermaid-source')]
  if (places.length === 0) return []
  if (sources.length === 0) sources = places.map((place) => place.textContent)
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    maxTextSize: 50_000,
    maxEdges: 500,
    theme: dark ? 'dark' : 'default',
    suppressErrorRendering: true,
  })
  const refused = []
  for (const [index, place] of places.entries()) {
    const source = sources[index]
    try {
      const { svg } = await mermaid.render(`diagram-${dark ? 'dark' : 'light'}-${index}`, source)
      place.innerHTML = svg
    } catch (error) {
      refused.push(`${String(error).slice(0, 300)} in ${source.slice(0, 200)}`)
    }
  }
  return refused
}

const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve))

/** Waits until every picture has come or failed, those that another theme brings included. */
globalThis.picturesCame = async () => {
  // Which pictures a theme brings is known when the page is drawn in it.
  await drawn()
  await drawn()
  for (let turn = 0; turn < 1000 && [...document.images].some((image) => !image.complete); turn++) await drawn()
  await Promise.allSettled([...document.images].map((image) => image.decode()))
}

/** The pictures that cannot be shown, or say nothing to those who do not see them. */
globalThis.picturesAmiss = () =>
  [...document.images].flatMap((image) => {
    const name = image.currentSrc || image.src
    return [
      ...(image.complete && image.naturalWidth > 0 ? [] : [`the picture ${name} cannot be shown`]),
      ...(image.alt.trim() ? [] : [`the picture ${name} says nothing to those who do not see it`]),
    ]
  })

/** What is too wide; tables may be wider than the page, and are scrolled then, where `scrolling` says so. */
globalThis.tooWide = (scrolling) => {
  const { clientWidth, scrollWidth } = document.documentElement
  const wrong = scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide, of ${clientWidth}`] : []
  const column = document.querySelector('article').getBoundingClientRect()
  for (const part of document.querySelectorAll('article > *, article > details > *')) {
    const { left, right } = part.getBoundingClientRect()
    if (right > column.right || left < column.left) wrong.push(`leaves the column: ${part.textContent.slice(0, 80)}`)
  }
  if (scrolling) return wrong
  for (const table of document.querySelectorAll('table')) {
    const head = [...table.querySelectorAll('th')].map((cell) => cell.textContent.trim()).join(' | ')
    const needs = table.scrollWidth
    if (needs > table.clientWidth) wrong.push(`needs ${needs} px and has ${table.clientWidth}: the table ${head}`)
  }
  for (const drawing of document.querySelectorAll('.mermaid-source svg')) {
    const shrunk = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width
    if (shrunk < 0.5) wrong.push(`a diagram is drawn at ${Math.round(100 * shrunk)} % of its size`)
  }
  return wrong
}
