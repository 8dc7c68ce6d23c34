import { Button, Group, List, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { tryTagRule } from '../api/tag-calls.ts'
import { AssetPicker } from '../assets/asset-picker.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { counted } from '../text/count.ts'
import { matcherOf, type TagRuleForm } from './tag-rule-form.ts'
import type { ChosenAsset } from '../assets/chosen-asset.ts'
import { assetKinds } from '@plumbline/workflows'

const shownColumns = 20

/** Tries a rule on the columns below an asset, or on values that are typed in; nothing of it is kept. */
export function TryRule({ form }: { form: TagRuleForm }) {
  const [asset, setAsset] = useState<ChosenAsset | null>(null)
  const [text, setText] = useState('')
  const values = text.split('\n').filter((value) => value.trim() !== '')
  const byName = form.kind === 'name'
  const trial = useMutation({
    mutationFn: (assetId: string) => tryTagRule({ assetId, matcher: matcherOf(form), values: byName ? [] : values }),
  })
  return (
    <Stack gap="xs">
      <AssetPicker label="Try it on" kinds={assetKinds} value={asset} onChoose={setAsset} />
      {!byName && (
        <Textarea
          label="Values to try"
          description="One a line. They are neither kept nor logged."
          autosize
          minRows={2}
          maxRows={8}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      )}
      <Group>
        <Button
          variant="default"
          size="xs"
          disabled={asset === null}
          loading={trial.isPending}
          onClick={() => asset && trial.mutate(asset.id)}
        >
          Try it
        </Button>
        {trial.isSuccess && !byName && (
          <Text size="sm" role="status">
            {trial.data.values.filter(Boolean).length} of {counted(trial.data.values.length, 'value')} match
          </Text>
        )}
        {trial.isSuccess && byName && (
          <Text size="sm" role="status">
            {counted(trial.data.columns.length, 'column')} found
          </Text>
        )}
      </Group>
      {trial.isError && <ProblemAlert error={trial.error} />}
      {trial.isSuccess && trial.data.columns.length > 0 && (
        <List size="sm" aria-label="Columns that match">
          {trial.data.columns.slice(0, shownColumns).map((found) => (
            <List.Item key={`${found.asset.id}:${found.column}`}>
              {found.asset.qualifiedName}.{found.column}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  )
}
