import type { MarkdownRenderer } from 'vitepress'

const picture = /<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s*<img alt="([^"]+)" src="([^"]+)">\s*<\/picture>/g

/** Shows the dark one of two pictures by the site's switch; GitHub and others go by the system's. */
export function pictures(markdown: MarkdownRenderer) {
  markdown.core.ruler.push('pictures', state => {
    for (const token of state.tokens.filter(token => token.type === 'html_block')) {
      token.content = token.content.replace(picture, '<p class="picture"><img class="light" alt="$2" src="$3"><img class="dark" alt="$2" src="$1"></p>')
    }
  })
}
