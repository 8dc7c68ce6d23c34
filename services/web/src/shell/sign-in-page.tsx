import { Alert, Button, Center, Code, Group, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { session } from '../api/backend.ts'
import { Logo } from './logo.tsx'

export function SignInPage({ rejected }: { rejected: boolean }) {
  const [token, setToken] = useState('')
  const signIn = (): void => {
    if (token.trim() !== '') session.signIn(token.trim())
  }
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder p="xl" w="100%" maw={460}>
        <form action={signIn}>
          <Stack>
            <Group gap="xs">
              <Logo size={28} />
              <Title order={1}>Sign in to Plumbline</Title>
            </Group>
            {rejected && (
              <Alert color="red" icon={<IconAlertTriangle />} title="The token was not accepted" role="alert">
                It may have been revoked, or belong to another installation.
              </Alert>
            )}
            <PasswordInput
              label="Access token"
              autoComplete="off"
              autoFocus
              required
              value={token}
              onChange={(event) => setToken(event.currentTarget.value)}
            />
            <Button type="submit">Sign in</Button>
            <Text size="sm" c="dimmed">
              On the machine that runs <Code>npm start</Code> the token is in the file <Code>.local/token</Code>; the
              address that <Code>npm start</Code> prints signs you in by itself. Elsewhere, ask an admin of your
              organization.
            </Text>
          </Stack>
        </form>
      </Paper>
    </Center>
  )
}
