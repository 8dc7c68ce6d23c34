import { CloseButton, Kbd, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { pageSearch } from './use-page-keys.ts'

interface SearchFieldProps {
  label: string
  placeholder: string
  value: string
  /** Called with the trimmed text, a moment after the last key. */
  onSearch: (text: string) => void
  width?: number | string
}

/** The field that `/` goes to. Types ahead of the address, and follows it when a chip or the back button changes it. */
export function SearchField({ label, placeholder, value, onSearch, width = 280 }: SearchFieldProps) {
  const [text, setText] = useState(value)
  const [focused, setFocused] = useState(false)
  const [followed, setFollowed] = useState(value)
  if (value !== followed) {
    setFollowed(value)
    if (text.trim() !== value) setText(value)
  }
  const search = useDebouncedCallback((next: string) => onSearch(next.trim()), 250)
  const change = (next: string): void => {
    setText(next)
    search(next)
  }
  return (
    <TextInput
      {...pageSearch}
      type="search"
      role="searchbox"
      size="xs"
      w={width}
      maw="100%"
      aria-label={label}
      placeholder={placeholder}
      maxLength={200}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        text !== '' ? (
          <CloseButton size="xs" aria-label="Clear the search" onClick={() => change('')} />
        ) : (
          !focused && <Kbd size="xs">/</Kbd>
        )
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        if (text !== '') change('')
        else event.currentTarget.blur()
      }}
    />
  )
}
