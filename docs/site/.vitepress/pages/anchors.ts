import { englishOf, read } from './paths'

/**
 * The anchors of a page's headings, in their order: those that GitHub gives to the headings of the English page. A twin has them too, so that
 * an address keeps its meaning in both languages.
 */
export const anchorsOf = (file: string) => anchorsAsWritten(englishOf(file))

/** The anchor on the site for one that a link in the Markdown names, which is GitHub's for the page in its own language. */
export function anchorOf(file: string, written: string): string {
  const place = anchorsAsWritten(file).indexOf(written)
  if (place < 0) throw new Error(`${file} has no heading for #${written}.`)
  return anchorsOf(file)[place]
}

function anchorsAsWritten(file: string): string[] {
  const text = read(file).replace(/^```[^]*?^```/gm, '')
  const times = new Map<string, number>()
  return [...text.matchAll(/^#+ +(.+)$/gm)].map(([, heading]) => {
    const anchor = heading.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replace(/ /g, '-')
    const before = times.get(anchor) ?? 0
    times.set(anchor, before + 1)
    return before ? `${anchor}-${before}` : anchor
  })
}
