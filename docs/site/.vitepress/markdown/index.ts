import type { MarkdownRenderer } from 'vitepress'
import { anchors } from './anchors'
import { links } from './links'
import { marks } from './marks'
import { pictures } from './pictures'
import { ruleTable } from './ruleTable'
import { samples } from './samples'
import { sideBySide } from './sideBySide'

/** What the site makes of the Markdown, which stays as GitHub shows it. */
export function rendering(markdown: MarkdownRenderer) {
  anchors(markdown)
  samples(markdown)
  links(markdown)
  pictures(markdown)
  marks(markdown)
  ruleTable(markdown)
  sideBySide(markdown)
}
