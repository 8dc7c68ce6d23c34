import { expect, it } from 'vitest'
import { markdownCell, markdownText } from './markdown-text.ts'

it.each([
  ['Orders, with tax (19 %).', 'Orders, with tax (19 %).'],
  ['<img src=x onerror=alert(1)>', String.raw`\<img src=x onerror=alert(1)\>`],
  ['[a](javascript:x) ![b](c)', String.raw`\[a\](javascript:x) !\[b\](c)`],
  ['# Title', String.raw`\# Title`],
  ['1. one', String.raw`1\. one`],
  ['- one\n    code', '\\- one\ncode'],
  ['a_b *c* `d` ~e~ &amp; f|g', 'a\\_b \\*c\\* \\`d\\` \\~e\\~ \\&amp; f\\|g'],
  [
    'see https://a.example, www.a.example, a@b.example',
    String.raw`see https\://a.example, www\.a.example, a\@b.example`,
  ],
  ['one\r\n\r\ntwo', 'one\n\ntwo'],
  ['Title\n===', String.raw`Title` + '\n' + String.raw`\===`],
])('%j is written %j', (text, markdown) => expect(markdownText(text)).toBe(markdown))

it('is one line in a cell', () => expect(markdownCell('one\ntwo | three\n')).toBe(String.raw`one<br>two \| three`))
