import { infiniteQueryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import { cursorPages } from './cursor-pages.ts'
import type { CreateToken, NewToken, Token } from '@plumbline/api'

export const tokenKeys = { all: ['tokens'] } as const

export const tokenList = () =>
  infiniteQueryOptions({
    queryKey: tokenKeys.all,
    ...cursorPages<Token>((cursor, signal) => http.get('/tokens', { limit: 100, cursor }, signal)),
  })

export const createToken = (input: CreateToken): Promise<NewToken> => http.post('/tokens', input)

export const deleteToken = (tokenId: string): Promise<void> => http.delete(`/tokens/${encodeURIComponent(tokenId)}`)
