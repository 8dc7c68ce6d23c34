import type { SqlDialect } from '../lineage/sql/dialect.ts'

const words = (lines: readonly string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(' ')))

/**
 * What a metric's query may call on a warehouse: functions that are built in and only compute from their arguments, or tell the time. All else
 * is refused: those that do something or wait (`system$…`), tell of what ran (`result_scan`, `last_query_id`) or who asks, call out
 * of the warehouse (functions of its owner, models), or make much from little (`generator`, `repeat`, `array_agg`). A name that
 * another warehouse has may be a function of the owner here, so each has its own list.
 */
export const warehouseFunctions: ReadonlyMap<SqlDialect, ReadonlySet<string>> = new Map([
  [
    'snowflake',
    words([
      // aggregates and window functions
      'any_value approx_count_distinct approx_percentile avg booland_agg boolor_agg corr count count_if covar_pop covar_samp kurtosis max',
      'max_by median min min_by mode percentile_cont percentile_disc skew stddev stddev_pop stddev_samp sum var_pop var_samp variance',
      'cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number grouping',
      // conditions
      'coalesce decode equal_null greatest iff ifnull least nullif nullifzero nvl nvl2 zeroifnull',
      // numbers
      'abs acos asin atan atan2 cbrt ceil cos cot degrees div0 div0null exp floor ln log mod pi pow power radians round sign sin sqrt',
      'square tan trunc truncate width_bucket',
      // texts
      'ascii charindex concat concat_ws contains editdistance endswith hash initcap jarowinkler_similarity left len length lower ltrim',
      'md5 octet_length position regexp_count regexp_instr regexp_like regexp_replace regexp_substr replace reverse right rlike rtrim',
      'sha1 sha2 soundex split split_part startswith substr substring translate trim upper',
      // times
      'add_months convert_timezone current_date current_time current_timestamp date date_from_parts date_part date_trunc dateadd',
      'datediff day dayname dayofmonth dayofweek dayofyear extract getdate hour last_day localtime localtimestamp minute month monthname',
      'months_between next_day previous_day quarter second sysdate time timeadd timediff timestamp_from_parts timestampadd timestampdiff',
      'week weekofyear year',
      // casts
      'to_boolean to_char to_date to_decimal to_double to_number to_numeric to_time to_timestamp to_timestamp_ltz to_timestamp_ntz',
      'to_timestamp_tz to_varchar try_to_boolean try_to_date try_to_decimal try_to_double try_to_number try_to_time try_to_timestamp',
      'try_to_timestamp_ntz',
      // types that hold others
      'array_contains array_size as_varchar flatten get get_path is_array is_object object_keys parse_json try_parse_json typeof',
    ]),
  ],
  [
    'bigquery',
    words([
      // aggregates and window functions
      'any_value approx_count_distinct approx_quantiles avg bit_and bit_or bit_xor corr count countif covar_pop covar_samp logical_and',
      'logical_or max max_by min min_by percentile_cont percentile_disc stddev stddev_pop stddev_samp sum var_pop var_samp variance',
      'cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number grouping',
      // conditions
      'coalesce greatest if ifnull least nullif',
      // numbers
      'abs acos asin atan atan2 bit_count cbrt ceil ceiling cos cot div exp floor ieee_divide is_inf is_nan ln log log10 mod pow power',
      'range_bucket round safe_add safe_divide safe_multiply safe_negate safe_subtract sign sin sqrt tan trunc',
      // texts
      'ascii byte_length char_length character_length concat contains_substr edit_distance ends_with farm_fingerprint initcap instr left',
      'length lower ltrim md5 normalize octet_length regexp_contains regexp_extract regexp_instr regexp_replace regexp_substr replace',
      'reverse right rtrim sha1 sha256 sha512 soundex split starts_with strpos substr substring to_base64 to_hex translate trim unicode upper',
      // times
      'current_date current_datetime current_time current_timestamp date date_add date_diff date_from_unix_date date_sub date_trunc',
      'datetime datetime_add datetime_diff datetime_sub datetime_trunc extract format_date format_datetime format_time format_timestamp',
      'last_day parse_date parse_datetime parse_time parse_timestamp time time_add time_diff time_sub time_trunc timestamp timestamp_add',
      'timestamp_diff timestamp_micros timestamp_millis timestamp_seconds timestamp_sub timestamp_trunc unix_date unix_micros unix_millis',
      'unix_seconds',
      // casts
      'bool float64 int64 parse_bignumeric parse_numeric string',
      // types that hold others
      'array_length array_reverse json_extract json_extract_scalar json_query json_query_array json_type json_value json_value_array',
      'lax_bool lax_float64 lax_int64 lax_string offset ordinal safe_offset safe_ordinal unnest',
    ]),
  ],
])
