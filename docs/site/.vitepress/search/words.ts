/**
 * The words of a text, for MiniSearch. Chinese has no spaces, so its pairs of characters count as words, and in what is indexed (which has a
 * field) its single characters too; what a reader looks for is found by the pairs, since single characters are nearly everywhere.
 * The browser gets this function as text: it uses nothing from outside itself.
 */
export function wordsOf(text: string, field?: string): string[] {
  return text.split(/[\n\r\p{Z}\p{P}\p{S}]+/u).flatMap(word => word.split(/(\p{Script=Han}+)/u)).flatMap(part => {
    const characters = [...part]
    if (characters.length < 2 || !/\p{Script=Han}/u.test(part)) return part ? [part] : []
    const pairs = characters.slice(1).map((character, i) => characters[i] + character)
    return field ? [...characters, ...pairs] : pairs
  })
}
