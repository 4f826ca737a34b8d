import type { MarkdownRenderer } from 'vitepress'
import { anchorsOf } from '../pages/anchors'
import { sourceOf } from './source'

/** Gives headings their anchors. */
export function anchors(markdown: MarkdownRenderer) {
  markdown.core.ruler.before('anchor', 'anchors_of_pages', state => {
    const anchors = anchorsOf(sourceOf(state.env))
    state.tokens.filter(token => token.type === 'heading_open').forEach((heading, i) => heading.attrSet('id', anchors[i]))
  })
}
