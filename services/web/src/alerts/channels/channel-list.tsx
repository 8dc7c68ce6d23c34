import { Group, Stack, Switch, Table, Text } from '@mantine/core'
import { IconBell, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { alertChannels, alertKeys, deleteAlertChannel, updateAlertChannel } from '../../api/alert-calls.ts'
import { useMay } from '../../api/me.ts'
import { DeleteConfirmation } from '../../shell/delete-confirmation.tsx'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { GatedButton } from '../../shell/gated-button.tsx'
import { GivenName } from '../../shell/given-name.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { RowActions } from '../../shell/row-actions.tsx'
import { useRemoval } from '../../shell/use-removal.ts'
import { channelKindLabels } from '../alert-labels.ts'
import { ListStates } from '../list-states.tsx'
import { ChannelDialog } from './channel-dialog.tsx'
import { TestChannel } from './test-channel.tsx'
import type { AlertChannel } from '@plumbline/api'

/** Where incidents are told. */
export function ChannelList() {
  const list = useInfiniteQuery(alertChannels())
  const [edited, setEdited] = useState<AlertChannel | 'new' | null>(null)
  const [deleting, setDeleting] = useState<AlertChannel | null>(null)
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack gap="xs">
      <Group justify="flex-end">
        <GatedButton
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          decision={useMay('admin')}
          onClick={() => setEdited('new')}
        >
          New channel
        </GatedButton>
      </Group>
      {rows.length > 0 && (
        <HeadedTable
          label="Alert channels"
          minWidth={720}
          headers={['Name', 'Kind', 'Leads to', 'Quiet hours', 'In use', 'Test', '']}
        >
          {rows.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              onEdit={() => setEdited(channel)}
              onDelete={() => setDeleting(channel)}
            />
          ))}
        </HeadedTable>
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyNote
          icon={IconBell}
          title="Nobody is told"
          text="Incidents are kept here, but go nowhere: add a webhook, a Slack channel or an email address."
        />
      )}
      <ListStates list={list} />
      {edited !== null && (
        <ChannelDialog channel={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
      )}
      {deleting !== null && <DeleteChannel channel={deleting} onClose={() => setDeleting(null)} />}
    </Stack>
  )
}

interface ChannelRowProps {
  channel: AlertChannel
  onEdit: () => void
  onDelete: () => void
}

function ChannelRow({ channel, onEdit, onDelete }: ChannelRowProps) {
  const queryClient = useQueryClient()
  const decision = useMay('admin')
  const change = useMutation({
    mutationFn: (enabled: boolean) => updateAlertChannel(channel.id, { enabled }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: alertKeys.all }),
  })
  const { name, kind, address, quietHours, enabled } = channel
  return (
    <Table.Tr>
      <Table.Td fw={500}>
        <GivenName>{name}</GivenName>
      </Table.Td>
      <Table.Td>{channelKindLabels[kind]}</Table.Td>
      <Table.Td>
        <GivenName>{address}</GivenName>
      </Table.Td>
      <Table.Td>
        {quietHours === null ? (
          <Text size="sm">None</Text>
        ) : (
          `${quietHours.from} to ${quietHours.to}, ${quietHours.timezone}`
        )}
      </Table.Td>
      <Table.Td>
        <Switch
          size="sm"
          aria-label={`${name} is in use`}
          checked={enabled}
          disabled={!decision.allowed || change.isPending}
          onChange={({ currentTarget }) => change.mutate(currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <TestChannel channelId={channel.id} />
      </Table.Td>
      <Table.Td>
        <RowActions decision={decision} onEdit={onEdit} onDelete={onDelete} />
      </Table.Td>
    </Table.Tr>
  )
}

function DeleteChannel({ channel, onClose }: { channel: AlertChannel; onClose: () => void }) {
  const remove = useRemoval(() => deleteAlertChannel(channel.id), { queryKey: alertKeys.all, onGone: onClose })
  return (
    <DeleteConfirmation
      name={`the channel ${channel.name}`}
      kind="channel"
      consequences="Nothing is told there any more, also of incidents that are open. What was delivered stays in the log."
      remove={remove}
      onClose={onClose}
    />
  )
}
