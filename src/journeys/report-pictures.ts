import { pictureFile, themes } from '../core/chart/picture.ts'
import type { RenderedPage, RenderedReport } from '../core/report.ts'

/** Pages, each followed by its pictures. The library that draws them is loaded when there is something to draw. */
export async function withPictures(pages: readonly RenderedPage[]): Promise<readonly RenderedReport[]> {
  if (pages.every(({ pictures }) => pictures.length === 0)) return pages.map(({ path, text }) => ({ path, text }))
  const { drawChart } = await import('../adapters/chart/draw.ts')
  return pages.flatMap(({ path, text, pictures }) => [
    { path, text },
    ...pictures.flatMap((picture) => {
      const drawn = drawChart(picture.chart)
      return themes.map((theme) => ({ path: pictureFile(picture.path, theme), text: drawn[theme] }))
    }),
  ])
}
