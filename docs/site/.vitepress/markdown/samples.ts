import path from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { read } from '../pages/paths'
import { sourceOf } from './source'

/** Shows the file behind a link to `samples/X.cs` below the paragraph, closed, so that nobody has to leave the page for it. */
export function samples(markdown: MarkdownRenderer) {
  markdown.core.ruler.push('samples', state => {
    const folder = path.posix.dirname(sourceOf(state.env))
    state.tokens = state.tokens.flatMap((token, i, all) => {
      const paragraph = token.type === 'paragraph_close' ? all[i - 1].children ?? [] : []
      const files = paragraph.flatMap((inline, at) => {
        const target = inline.type === 'link_open' ? inline.attrGet('href') ?? '' : ''
        if (!/^samples\/\w+\.cs$/.test(target)) return []
        inline.hidden = paragraph[at + 2].hidden = true
        paragraph[at + 1].type = 'code_inline'
        paragraph[at + 1].tag = 'code'
        return [target]
      })
      return [token, ...files.flatMap(file => {
        const [open, code, close] = [new state.Token('html_block', '', 0), new state.Token('fence', 'code', 0), new state.Token('html_block', '', 0)]
        open.content = `<details class="details custom-block"><summary>${path.posix.basename(file)}</summary>\n`
        Object.assign(code, { info: 'csharp', content: read(path.posix.join(folder, file)), markup: '```' })
        close.content = '</details>\n'
        return [open, code, close]
      })]
    })
  })
}
