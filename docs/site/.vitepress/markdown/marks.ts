import type { MarkdownRenderer } from 'vitepress'

/** Makes the comments around what is found in the pitfall an element, so that it can look like what a tool says. */
export function marks(markdown: MarkdownRenderer) {
  markdown.core.ruler.push('marks', state => {
    for (const token of state.tokens.filter(token => token.type === 'html_block')) {
      token.content = token.content.replace('<!-- findings -->', '<div class="findings">').replace('<!-- /findings -->', '</div>')
    }
  })
}
