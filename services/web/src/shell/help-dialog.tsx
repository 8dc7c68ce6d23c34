import { Group, Kbd, Modal, Table, Text } from '@mantine/core'
import { Fragment } from 'react'

const keys: { keys: string[]; does: string }[] = [
  { keys: ['/'], does: 'Search or filter on this page' },
  { keys: ['j', '↓'], does: 'Next row' },
  { keys: ['k', '↑'], does: 'Previous row' },
  { keys: ['Home', 'End'], does: 'First row, last loaded row' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['Space', 'x'], does: 'Select the row' },
  { keys: ['m'], does: 'Menu of the row' },
  { keys: ['a', 'r', 'e', 'h'], does: 'In documentation: accept, reject or edit the text, its versions' },
  { keys: ['→', '←'], does: 'Open or close a branch of the asset tree' },
  { keys: ['←', '→'], does: 'In a lineage graph: along the flow' },
  { keys: ['↑', '↓'], does: 'In a lineage graph: the node above or below' },
  { keys: ['f', '+', '-'], does: 'In a lineage graph: show all of it, closer, farther' },
  { keys: ['Esc'], does: 'Close what lies on top' },
  { keys: ['?'], does: 'This list' },
]

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts">
      <Table verticalSpacing="xs">
        <Table.Tbody>
          {keys.map((row) => (
            <Table.Tr key={row.does}>
              <Table.Td w={140}>
                <Group gap={6}>
                  {row.keys.map((key, index) => (
                    <Fragment key={key}>
                      {index > 0 && (
                        <Text span size="xs" c="dimmed">
                          or
                        </Text>
                      )}
                      <Kbd>{key}</Kbd>
                    </Fragment>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>{row.does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
