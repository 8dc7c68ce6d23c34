import { Alert, Button, Code, Group, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { roles, type NewToken, type Role } from '@plumbline/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem, fieldErrors } from '../api/problem.ts'
import { createToken, tokenKeys } from '../api/token-calls.ts'
import { serverNow } from '../live/server-clock.ts'
import { CopyIcon } from '../shell/copy-text.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { roleTexts } from './role-texts.ts'
import { expiryOf, tokenLifetimeNames, tokenLifetimes, type TokenLifetime } from './token-lifetimes.ts'

const shownFields = ['name', 'role', 'expiresAt']

/** Makes a token and shows it, this once. */
export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<NewToken | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      // A stray click would take away what cannot be shown again.
      closeOnClickOutside={made === null}
      title={made === null ? 'New token' : `Token ${made.name}`}
    >
      {made === null ? <TokenForm onClose={onClose} onMade={setMade} /> : <MadeToken made={made} onClose={onClose} />}
    </Modal>
  )
}

function TokenForm({ onClose, onMade }: { onClose: () => void; onMade: (made: NewToken) => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('operator')
  const [lifetime, setLifetime] = useState<TokenLifetime>('90d')
  const queryClient = useQueryClient()
  const create = useMutation({
    mutationFn: () => createToken({ name: name.trim(), role, expiresAt: expiryOf(lifetime, serverNow()) }),
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: tokenKeys.all })
      onMade(made)
    },
  })
  const errors = create.isError ? fieldErrors(asProblem(create.error)) : {}
  return (
    <form action={() => create.mutate()}>
      <Stack>
        <TextInput
          label="Name"
          description="Who acts by it: a person or a program, as the audit names them"
          required
          data-autofocus
          maxLength={100}
          value={name}
          error={errors['name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group label="Role" value={role} error={errors['role']} onChange={setRole}>
          <Stack gap={6} mt={4}>
            {roles.map((one) => (
              <Radio key={one} value={one} label={roleTexts[one].label} description={roleTexts[one].text} />
            ))}
          </Stack>
        </Radio.Group>
        <Select
          label="Valid for"
          allowDeselect={false}
          data={tokenLifetimeNames.map((one) => ({ value: one, label: tokenLifetimes[one].label }))}
          value={lifetime}
          error={errors['expiresAt']}
          onChange={(chosen) => chosen !== null && setLifetime(chosen)}
        />
        {create.isError && <ProblemAlert error={create.error} shownFields={shownFields} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make the token
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function MadeToken({ made, onClose }: { made: NewToken; onClose: () => void }) {
  return (
    <Stack>
      {made.token === null ? (
        <Alert color="yellow" variant="light" title="It was made, but cannot be shown">
          Its answer was lost on the way, and a token is only ever told once. Delete it and make another.
        </Alert>
      ) : (
        <>
          <Text size="sm">Copy it now: it is stored as a digest only and never shown again.</Text>
          <Group gap="xs" wrap="nowrap">
            <IconKey size={18} aria-hidden style={{ flexShrink: 0 }} />
            <Code fz="sm" aria-label="The token" style={{ overflowWrap: 'anywhere' }}>
              {made.token}
            </Code>
            <CopyIcon text={made.token} what="the token" />
          </Group>
          <Text size="xs" c="dimmed">
            Programs send it as the header <Code>Authorization: Bearer …</Code>; people paste it where the page asks for
            it.
          </Text>
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  )
}
