import type { MarkdownRenderer } from 'vitepress'
import { isChinese, chinese } from '../pages/paths'
import { rulesOf } from '../pages/rules'
import { sourceOf } from './source'

/** Replaces the rule table of the index by one that can be filtered, made from the same rows. */
export function ruleTable(markdown: MarkdownRenderer) {
  markdown.core.ruler.push('rule_table', state => {
    const at = (comment: string) => state.tokens.findIndex(token => token.type === 'html_block' && token.content.trim() === comment)
    const [start, end] = [at('<!-- rules -->'), at('<!-- /rules -->')]
    if (start < 0 || end < start) return
    const rules = rulesOf(isChinese(sourceOf(state.env)) ? chinese : '')
    const table = new state.Token('html_block', '', 0)
    table.content = `<RuleTable :rules="${markdown.utils.escapeHtml(JSON.stringify(rules))}" />\n`
    state.tokens.splice(start, end - start + 1, table)
  })
}
