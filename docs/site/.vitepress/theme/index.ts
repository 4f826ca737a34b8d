import { h } from 'vue'
import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import RuleTable from './RuleTable.vue'
import TwinOffer from './TwinOffer.vue'
import './style.css'

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'doc-before': () => h(TwinOffer) }),
  enhanceApp: ({ app }) => { app.component('RuleTable', RuleTable) },
} satisfies Theme
