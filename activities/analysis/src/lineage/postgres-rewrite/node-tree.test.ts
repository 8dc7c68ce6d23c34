import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { NodeTreeError } from './node-tree-error.ts'
import { isNode, parseNodeTree } from './node-tree.ts'

const fixtures = new URL('fixtures/', import.meta.url)

describe('a node tree', () => {
  test('is nodes, lists, texts and nothing', () => {
    expect(parseNodeTree('({VAR :varno 1 :empty <> :list (1 {A :b c}) :nothing ()})')).toEqual([
      {
        tag: 'VAR',
        fields: new Map<string, unknown>([
          ['varno', '1'],
          ['empty', null],
          ['list', ['1', { tag: 'A', fields: new Map([['b', 'c']]) }]],
          ['nothing', []],
        ]),
      },
    ])
  })

  test('has lists of numbers that say of what', () => {
    expect(parseNodeTree('((i 1 2) (o 25) (b 8 10) (b) ("i" 1) ( i 1))')).toEqual([
      ['1', '2'],
      ['25'],
      ['8', '10'],
      [],
      ['i', '1'],
      ['i', '1'],
    ])
  })

  test.each([
    ['a\\ b', 'a b'],
    ['\\<>', '<>'],
    ['<>', null],
    ['""', ''],
    ['"quoted"', 'quoted'],
    ['"say\\ \\"hi\\""', 'say "hi"'],
    ['\\"tw\\"ice\\"', '"tw"ice"'],
    ['br\\{ack\\}\\(et\\)\\\\', 'br{ack}(et)\\'],
    [':colon', ':colon'],
    ['\\1', '1'],
    ['Größe', 'Größe'],
  ])('has the name %s', (written, meant) => {
    const tree = parseNodeTree(`{TARGETENTRY :resname ${written} :resno 1}`)
    expect(isNode(tree) && [tree.fields.get('resname'), tree.fields.get('resno')]).toEqual([meant, '1'])
  })

  test('has constants whose bytes are passed over', () => {
    const tree = parseNodeTree('{CONST :constvalue 4 [ 1 0 -3 0 ] :location -1}')
    expect(isNode(tree) && [...tree.fields]).toEqual([
      ['constvalue', '4'],
      ['location', '-1'],
    ])
  })

  test.each([
    ['', 0],
    ['   ', 3],
    ['(', 0],
    ['{VAR :varno 1', 0],
    ['({VAR :varno 1)', 14],
    [')', 0],
    ['{VAR 1}', 5],
    ['{VAR :varno}', 11],
    ['{ :varno 1}', 2],
    ['{VAR :varno 1} x', 15],
    ['{CONST :constvalue 4 [ 1 2', 21],
    ['(a\\', 1],
  ])('%j is none from character %i on', (text, position) => {
    expect(() => parseNodeTree(text)).toThrow(NodeTreeError)
    expect(() => parseNodeTree(text)).toThrow(expect.objectContaining({ position }))
  })

  test.each(readdirSync(fixtures))('cut off anywhere, %s is refused', (name) => {
    const text = readFileSync(new URL(name, fixtures), 'utf8').trimEnd()
    for (let length = 0; length < text.length; length += 37) {
      expect(() => parseNodeTree(text.slice(0, length))).toThrow(NodeTreeError)
    }
  })

  test('may be a million levels deep', () => {
    const depth = 1_000_000
    expect(parseNodeTree(`${'('.repeat(depth)}${')'.repeat(depth)}`)).toBeInstanceOf(Array)
  })
})
