import { Badge, Code, Switch, Table, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../api/me.ts'
import { deleteTagRule, tagRuleKeys, tagRules, updateTagRule } from '../api/tag-calls.ts'
import { DeleteConfirmation } from '../shell/delete-confirmation.tsx'
import { GatedButton } from '../shell/gated-button.tsx'
import { GivenName } from '../shell/given-name.tsx'
import { HeadedTable } from '../shell/headed-table.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { RowActions } from '../shell/row-actions.tsx'
import { ShowMore } from '../shell/show-more.tsx'
import { tagLabel } from '../text/tag-label.ts'
import { useRemoval } from '../shell/use-removal.ts'
import { TagRuleDialog } from './tag-rule-dialog.tsx'
import classes from './tag-rules.module.css'
import type { TagRule } from '@plumbline/api'

/** The organization's own rules for tags, beside the built-in ones. */
export function TagRulesPage() {
  const rules = useInfiniteQuery(tagRules())
  const [edited, setEdited] = useState<TagRule | 'new' | null>(null)
  const [deleting, setDeleting] = useState<TagRule | null>(null)
  const rows = rules.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <PageHeader title="Tag rules">
        <GatedButton
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          decision={useMay('admin')}
          onClick={() => setEdited('new')}
        >
          New rule
        </GatedButton>
      </PageHeader>
      <div className={classes.list}>
        <Text size="sm" c="dimmed" pb="xs">
          Columns that match a rule carry its tag from the next tag generation on, beside what is found without rules.
        </Text>
        {rules.isError && <ProblemAlert error={rules.error} onRetry={() => void rules.refetch()} />}
        {rules.isPending && <PageLoading />}
        {rules.isSuccess && rows.length === 0 && <Text size="sm">There are no rules yet.</Text>}
        {rows.length > 0 && (
          <HeadedTable label="Tag rules" minWidth={640} headers={['Name', 'Tag', 'Finds', 'In force', '']}>
            {rows.map((rule) => (
              <RuleRow key={rule.id} rule={rule} onEdit={() => setEdited(rule)} onDelete={() => setDeleting(rule)} />
            ))}
          </HeadedTable>
        )}
        <ShowMore list={rules} />
      </div>
      {edited !== null && (
        <TagRuleDialog rule={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
      )}
      {deleting !== null && <DeleteRule rule={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}

function RuleRow({ rule, onEdit, onDelete }: { rule: TagRule; onEdit: () => void; onDelete: () => void }) {
  const queryClient = useQueryClient()
  const decision = useMay('admin')
  const change = useMutation({
    mutationFn: (enabled: boolean) => updateTagRule(rule.id, { enabled }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tagRuleKeys.all }),
  })
  return (
    <Table.Tr>
      <Table.Td fw={500}>
        <GivenName>{rule.name}</GivenName>
      </Table.Td>
      <Table.Td>
        <Badge variant="light" tt="none">
          {tagLabel(rule.tag)}
        </Badge>
      </Table.Td>
      <Table.Td>{findsText(rule.matcher)}</Table.Td>
      <Table.Td>
        <Switch
          size="sm"
          aria-label={`${rule.name} is in force`}
          checked={rule.enabled}
          disabled={!decision.allowed || change.isPending}
          onChange={({ currentTarget }) => change.mutate(currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <RowActions decision={decision} onEdit={onEdit} onDelete={onDelete} />
      </Table.Td>
    </Table.Tr>
  )
}

function findsText(matcher: TagRule['matcher']) {
  if (matcher.kind === 'dictionary') return `Values among ${matcher.words.length} words`
  const what = matcher.kind === 'name' ? 'Names like' : 'Values like'
  return (
    <>
      {what} <Code>{matcher.pattern}</Code>
    </>
  )
}

function DeleteRule({ rule, onClose }: { rule: TagRule; onClose: () => void }) {
  const remove = useRemoval(() => deleteTagRule(rule.id), { queryKey: tagRuleKeys.all, onGone: onClose })
  return (
    <DeleteConfirmation
      name={`the rule ${rule.name}`}
      kind="rule"
      consequences="Its tags go with the next tag generation, except those that a person accepted."
      remove={remove}
      onClose={onClose}
    />
  )
}
