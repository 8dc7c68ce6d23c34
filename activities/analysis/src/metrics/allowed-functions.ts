/**
 * What a metric's query may call: functions of Postgres that only compute from their arguments, or tell the time. All else is
 * refused, whether it is known to be dangerous (`pg_read_file`, `pg_terminate_backend`, `dblink`, `lo_import`, `set_config`,
 * `pg_advisory_lock`, `query_to_xml`), made by the owner of the source, or new. Left out on purpose although they compute:
 * those that make much from little (`generate_series`, `repeat`, `lpad`, `array_agg`), which fill memory or disk.
 */
export const allowedFunctions: ReadonlySet<string> = new Set(
  [
    // aggregates
    'avg bit_and bit_or bool_and bool_or corr count covar_pop covar_samp every max min mode percentile_cont percentile_disc',
    'regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop',
    'stddev_samp sum var_pop var_samp variance',
    // window functions
    'cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number',
    // numbers
    'abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees div exp floor gcd lcm ln log log10 mod pi power pow radians',
    'round scale sign sin sqrt tan trim_scale trunc width_bucket',
    // texts
    'ascii bit_length btrim char_length character_length concat concat_ws initcap left length lower ltrim md5 normalize',
    'octet_length overlay position regexp_count regexp_instr regexp_like regexp_match regexp_replace regexp_substr replace',
    'reverse right rtrim split_part starts_with strpos substr substring to_hex translate unistr upper like_escape',
    'similar_to_escape',
    // times
    'age clock_timestamp date_bin date_part date_trunc extract isfinite justify_days justify_hours justify_interval make_date',
    'make_interval make_time make_timestamp make_timestamptz now overlaps statement_timestamp timezone to_char to_date',
    'to_number to_timestamp transaction_timestamp timeofday',
    // types that hold others
    'array_length array_ndims array_position array_lower array_upper cardinality jsonb_array_length json_array_length',
    'jsonb_extract_path jsonb_extract_path_text json_extract_path json_extract_path_text jsonb_typeof json_typeof',
    'jsonb_exists lower_inc upper_inc isempty range_merge unnest jsonb_array_elements jsonb_array_elements_text',
    'host masklen family network num_nonnulls num_nulls',
  ].flatMap((line) => line.split(' ')),
)
