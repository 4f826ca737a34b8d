import type { MarkdownRenderer } from 'vitepress'

type Token = ReturnType<MarkdownRenderer['parse']>[number]

/** The sections of a rule's page that are shown in two columns, by their anchors; each row of the first column with its partner. */
const rows = [['pitfall', 'mended'], ['output', 'output-when-mended']]

/**
 * Puts the mended code beside the pitfall, and its output beside the pitfall's. In the Markdown, and so on GitHub, they follow one another.
 */
export function sideBySide(markdown: MarkdownRenderer) {
  markdown.core.ruler.push('side_by_side', state => {
    const sections = sectionsOf(state.tokens)
    const found = (anchor: string) => sections.find(section => section[0].attrGet('id') === anchor)
    if (!rows[0].every(found)) return
    const html = (content: string) => Object.assign(new state.Token('html_block', '', 0), { content })
    const columns = rows[0].flatMap((_, column) => rows.flatMap(row => {
      const section = found(row[column])
      return section ? [html(`<section class="${row[column]}">\n`), ...section, html('</section>\n')] : []
    }))
    const moved = new Set(rows.flat().map(found))
    state.tokens = sections.flatMap(section =>
      section === found('pitfall') ? [html('<div class="side-by-side">\n'), ...columns, html('</div>\n')] : moved.has(section) ? [] : section)
  })
}

/** The page in parts that begin with a heading of the second level, but for the first. */
function sectionsOf(tokens: Token[]): Token[][] {
  const sections: Token[][] = [[]]
  for (const token of tokens) {
    if (token.type === 'heading_open' && token.tag === 'h2') sections.push([])
    sections.at(-1)!.push(token)
  }
  return sections
}
