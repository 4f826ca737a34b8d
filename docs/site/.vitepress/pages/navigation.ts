import type { DefaultTheme } from 'vitepress'
import { chinese, pageOf, read } from './paths'
import { rulesOf } from './rules'

/** The guides of the index, in its order, and the rules by family, in the order of their ids. */
export function sidebarOf(language: string): DefaultTheme.SidebarItem[] {
  const index = read(language === chinese ? `README.${chinese}.md` : 'README.md')
  const [guides] = [...index.matchAll(/^## (.+)$/gm)].map(match => match[1])
  const rules = rulesOf(language)
  return [
    {
      text: guides,
      items: [...index.matchAll(/^- \[(.+?)\]\((guide\/.+?\.md)\)/gm)].map(([, text, file]) => ({ text, link: '/' + pageOf(file) })),
    },
    ...[...new Set(rules.map(rule => rule.family))].map(family => ({
      text: family,
      items: rules.filter(rule => rule.family === family).map(rule => ({ text: `${rule.id} ${rule.title}`, link: rule.link })),
    })),
  ]
}
