import { SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** Short facts, each under its name. */
export function Facts({ facts }: { facts: (readonly [string, ReactNode])[] }) {
  return (
    <SimpleGrid component="dl" m={0} cols={{ base: 2, xs: 3 }} spacing="sm" verticalSpacing="xs">
      {facts.map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="xs" c="dimmed">
            {name}
          </Text>
          <Text component="dd" m={0} size="sm" style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  )
}
