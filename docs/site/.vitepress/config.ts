import { defineConfig, type DefaultTheme } from 'vitepress'
import { rendering } from './markdown'
import { sidebarOf } from './pages/navigation'
import { packagesOfPages } from './pages/packages'
import { chinese, pageOf, read } from './pages/paths'
import { base, icon, repository } from './pages/project'
import { searchIndex } from './search'
import { wordsOf } from './search/words'

/** The one sentence below the heading of the index. */
const sentenceOf = (file: string) => read(file).split('\n\n')[1]

const themeOf = (language: string, words: DefaultTheme.Config): DefaultTheme.Config => ({
  sidebar: sidebarOf(language),
  outline: { level: [2, 3], label: words.outlineTitle },
  ...words,
})

export default defineConfig({
  srcDir: '..',
  srcExclude: ['site/**', 'tour/**'],
  rewrites: pageOf,
  base,
  title: 'AsyncPitfalls',
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  markdown: { config: rendering, theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  vite: { plugins: [packagesOfPages(), searchIndex()], build: { assetsInlineLimit: 0 } },
  transformPageData: page => /(^|\/)rules\//.test(page.relativePath) ? { frontmatter: { ...page.frontmatter, pageClass: 'rule-page' } }
    : /(^|\/)index\.md$/.test(page.relativePath) ? { frontmatter: { ...page.frontmatter, pageClass: 'index-page', aside: false } }
    : {},
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      description: sentenceOf('README.md'),
      themeConfig: themeOf('', { outlineTitle: 'On this page' }),
    },
    [chinese]: {
      label: '简体中文',
      lang: chinese,
      description: sentenceOf(`README.${chinese}.md`),
      themeConfig: themeOf(chinese, {
        outlineTitle: '本页内容',
        docFooter: { prev: '上一页', next: '下一页' },
        darkModeSwitchLabel: '外观',
        lightModeSwitchTitle: '切换到浅色',
        darkModeSwitchTitle: '切换到深色',
        sidebarMenuLabel: '目录',
        returnToTopLabel: '回到顶部',
        langMenuLabel: '切换语言',
        skipToContentLabel: '跳到正文',
        notFound: { title: '没有这个页面', quote: '地址可能有误，或者页面已经移走。', linkText: '回到首页', linkLabel: '回到首页' },
      }),
    },
  },
  themeConfig: {
    socialLinks: [{ icon: 'github', link: repository }],
    search: {
      provider: 'local',
      options: {
        miniSearch: { options: { tokenize: wordsOf }, searchOptions: { combineWith: 'AND' } },
        locales: {
          [chinese]: {
            translations: {
              button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
              modal: {
                displayDetails: '显示详细列表', resetButtonTitle: '清空', backButtonTitle: '关闭搜索', noResultsText: '没有找到',
                footer: {
                  selectText: '打开', selectKeyAriaLabel: '回车键', navigateText: '选择', navigateUpKeyAriaLabel: '向上键',
                  navigateDownKeyAriaLabel: '向下键', closeText: '关闭', closeKeyAriaLabel: 'Esc 键',
                },
              },
            },
          },
        },
      },
    },
  },
})
