import { Blockquote, List, Text } from '@mantine/core'
import { lexer, type Token, type Tokens } from 'marked'
import type { ReactNode } from 'react'

/**
 * The Markdown of an answer. Paragraphs, emphasis, quotations and lists are shown as such; all else (links, pictures, HTML, headings)
 * as it is spelled, so that a text of the record can be none of them.
 */
export function AnswerText({ markdown }: { markdown: string }) {
  return <>{shown(lexer(markdown))}</>
}

const shown = (tokens: readonly Token[] = []): ReactNode[] => tokens.map((token, index) => shownToken(token, index))

function shownToken(token: Token, key: number): ReactNode {
  switch (token.type) {
    case 'space':
      return null
    case 'paragraph':
      return (
        <Text key={key} size="sm" mb="xs">
          {shown(token.tokens)}
        </Text>
      )
    case 'blockquote':
      return (
        <Blockquote key={key} p="sm" mb="xs">
          {shown(token.tokens)}
        </Blockquote>
      )
    case 'list':
      return (
        <List key={key} size="sm" mb="xs">
          {itemsOf(token).map((item) => (
            <List.Item key={item.raw}>{shown(item.tokens)}</List.Item>
          ))}
        </List>
      )
    case 'strong':
      return <strong key={key}>{shown(token.tokens)}</strong>
    case 'em':
      return <em key={key}>{shown(token.tokens)}</em>
    case 'text':
      return 'tokens' in token && token.tokens ? shown(token.tokens) : token.text
    case 'escape':
      return token.text
    default:
      return token.raw
  }
}

const itemsOf = (token: Token): Tokens.ListItem[] => ('items' in token ? token.items : [])
