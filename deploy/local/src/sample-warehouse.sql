-- A shop's warehouse, invented from end to end: every person, number and account in it is made of a row number.
-- Run once, in an empty database, by a superuser; the role sample_reader exists already.

create extension pg_stat_statements;

set client_min_messages = warning;

create schema catalog;
create schema crm;
create schema sales;
create schema logistics;
create schema finance;
create schema hr;
create schema marketing;
create schema analytics;

comment on schema catalog is 'What the shop sells';
comment on schema crm is 'Who buys, and what they say';
comment on schema sales is 'Orders, from the basket to the refund';
comment on schema logistics is 'Where things lie and how they travel';
comment on schema finance is 'Invoices, payments and the ledger';
comment on schema hr is 'People who work here; restricted';
comment on schema marketing is 'Campaigns and what they brought';
comment on schema analytics is 'Views and reports for the business';

create type catalog.product_status as enum ('draft', 'active', 'discontinued');
create type sales.order_status as enum ('new', 'paid', 'packed', 'shipped', 'delivered', 'returned', 'cancelled');
create domain finance.money_amount as numeric(14, 2) check (value >= 0);
create domain crm.email_address as text check (value ~ '^[^@\s]+@[^@\s]+$');

-- catalog

create table catalog.category (
  id int generated always as identity primary key,
  parent_id int references catalog.category,
  name text not null unique,
  slug text generated always as (lower(replace(name, ' ', '-'))) stored,
  position smallint not null default 0
);
comment on table catalog.category is 'The tree of departments; the root has no parent';
comment on column catalog.category.slug is 'Part of the address of the department''s page';

create table catalog.brand (
  id int generated always as identity primary key,
  name text not null unique,
  website text,
  country_code char(2) not null default 'DE'
);

create table catalog.supplier (
  id int generated always as identity primary key,
  name text not null,
  contact_name text,
  contact_email crm.email_address,
  contact_phone text,
  vat_number text unique,
  rating numeric(3, 2) check (rating between 0 and 5)
);
comment on column catalog.supplier.vat_number is 'Value added tax number, as it is printed on invoices';

create table catalog.product (
  id bigint generated always as identity primary key,
  sku text not null unique,
  name text not null,
  description text,
  category_id int not null references catalog.category,
  brand_id int references catalog.brand,
  status catalog.product_status not null default 'draft',
  list_price numeric(10, 2) not null check (list_price > 0),
  weight_grams int check (weight_grams > 0),
  attributes jsonb not null default '{}',
  tags text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table catalog.product is 'One row for each thing that can be ordered';
comment on column catalog.product.sku is 'Stock keeping unit: what warehouse and suppliers call it';
create index product_category on catalog.product (category_id, status);
create index product_attributes on catalog.product using gin (attributes);
create index product_tags on catalog.product using gin (tags);
create index product_name on catalog.product (lower(name));

create table catalog.product_supplier (
  product_id bigint not null references catalog.product on delete cascade,
  supplier_id int not null references catalog.supplier,
  purchase_price numeric(10, 2) not null,
  lead_time_days smallint not null default 7,
  primary key (product_id, supplier_id)
);

create table catalog.price_history (
  product_id bigint not null references catalog.product,
  valid_from date not null,
  valid_to date,
  price numeric(10, 2) not null,
  primary key (product_id, valid_from),
  check (valid_to is null or valid_to > valid_from)
);

create table catalog.product_image (
  id bigint generated always as identity primary key,
  product_id bigint not null references catalog.product on delete cascade,
  url text not null,
  alt_text text,
  position smallint not null default 1,
  unique (product_id, position)
);

-- crm

create table crm.customer (
  id bigint generated always as identity primary key,
  customer_number text not null unique,
  first_name text not null,
  last_name text not null,
  full_name text generated always as (first_name || ' ' || last_name) stored,
  email crm.email_address not null,
  phone text,
  birth_date date,
  gender char(1) check (gender in ('f', 'm', 'x')),
  newsletter boolean not null default false,
  password_hash text,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table crm.customer is 'People who have an account; rows are kept after deletion for the books';
comment on column crm.customer.deleted_at is 'When the account was closed; personal data goes thirty days later';
create unique index customer_email on crm.customer (lower(email)) where deleted_at is null;
create index customer_name on crm.customer (last_name, first_name);
create index customer_created on crm.customer using brin (created_at);

create table crm.address (
  id bigint generated always as identity primary key,
  customer_id bigint not null references crm.customer on delete cascade,
  kind text not null default 'shipping' check (kind in ('shipping', 'billing')),
  recipient text not null,
  street text not null,
  house_number text,
  postal_code text not null,
  city text not null,
  country_code char(2) not null default 'DE',
  latitude double precision,
  longitude double precision
);
create index address_customer on crm.address (customer_id);
create index address_postal_code on crm.address using hash (postal_code);

create table crm.login (
  id bigint generated always as identity primary key,
  customer_id bigint not null references crm.customer,
  at timestamptz not null default now(),
  ip_address inet not null,
  user_agent text,
  succeeded boolean not null
);
create index login_customer on crm.login (customer_id, at desc);
create index login_network on crm.login using gist (ip_address inet_ops);

create table crm.consent (
  customer_id bigint not null references crm.customer,
  purpose text not null,
  granted_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (customer_id, purpose)
);

create table crm.support_ticket (
  id bigint generated always as identity primary key,
  customer_id bigint references crm.customer,
  subject text not null,
  body text,
  priority smallint not null default 3 check (priority between 1 and 5),
  status text not null default 'open',
  opened_at timestamptz not null default now(),
  closed_at timestamptz
);
create index ticket_open on crm.support_ticket (priority, opened_at) where closed_at is null;

create table crm.ticket_message (
  id bigint generated always as identity primary key,
  ticket_id bigint not null references crm.support_ticket on delete cascade,
  author_email text not null,
  body text not null,
  sent_at timestamptz not null default now()
);

create table crm.product_review (
  product_id bigint not null references catalog.product,
  customer_id bigint not null references crm.customer,
  stars smallint not null check (stars between 1 and 5),
  text text,
  written_at timestamptz not null default now(),
  primary key (product_id, customer_id)
);

-- sales

create table sales.channel (
  code text primary key,
  name text not null
);

create table sales.voucher (
  code text primary key,
  percent smallint check (percent between 1 and 90),
  valid_until date
);

create table sales.cart (
  id uuid primary key default gen_random_uuid(),
  customer_id bigint references crm.customer,
  created_at timestamptz not null default now(),
  ip_address inet
);

create table sales.cart_item (
  cart_id uuid not null references sales.cart on delete cascade,
  product_id bigint not null references catalog.product,
  quantity int not null check (quantity > 0),
  primary key (cart_id, product_id)
);

create table sales."order" (
  id bigint not null,
  ordered_at timestamptz not null,
  customer_id bigint not null references crm.customer,
  channel_code text not null references sales.channel,
  voucher_code text references sales.voucher,
  status sales.order_status not null default 'new',
  shipping_address_id bigint references crm.address,
  total numeric(12, 2) not null default 0,
  currency char(3) not null default 'EUR',
  primary key (id, ordered_at)
) partition by range (ordered_at);
comment on table sales."order" is 'Orders, one partition for each half year';
create table sales.order_2025h1 partition of sales."order" for values from ('2025-01-01') to ('2025-07-01');
create table sales.order_2025h2 partition of sales."order" for values from ('2025-07-01') to ('2026-01-01');
create table sales.order_2026h1 partition of sales."order" for values from ('2026-01-01') to ('2026-07-01');
create table sales.order_later partition of sales."order" default;
create index order_customer on sales."order" (customer_id, ordered_at desc);
create index order_status on sales."order" (status) where status not in ('delivered', 'cancelled');

create table sales.order_item (
  id bigint generated always as identity primary key,
  order_id bigint not null,
  ordered_at timestamptz not null,
  product_id bigint not null references catalog.product,
  quantity int not null check (quantity > 0),
  unit_price numeric(10, 2) not null,
  line_total numeric(12, 2) generated always as (quantity * unit_price) stored,
  foreign key (order_id, ordered_at) references sales."order" (id, ordered_at)
);
create index order_item_order on sales.order_item (order_id, ordered_at);
create index order_item_product on sales.order_item (product_id) include (quantity, unit_price);

create table sales.order_event (
  order_id bigint not null,
  ordered_at timestamptz not null,
  at timestamptz not null default now(),
  status sales.order_status not null,
  note text,
  primary key (order_id, ordered_at, at),
  foreign key (order_id, ordered_at) references sales."order" (id, ordered_at)
);

create table sales.return_request (
  id bigint generated always as identity primary key,
  order_item_id bigint not null unique references sales.order_item,
  reason text not null,
  requested_at timestamptz not null default now(),
  accepted boolean
);

-- logistics

create table logistics.warehouse (
  id int generated always as identity primary key,
  name text not null unique,
  city text not null,
  location point
);

create table logistics.stock (
  warehouse_id int not null references logistics.warehouse,
  product_id bigint not null references catalog.product,
  quantity int not null default 0 check (quantity >= 0),
  counted_at timestamptz,
  primary key (warehouse_id, product_id)
);

create table logistics.stock_movement (
  id bigint generated always as identity primary key,
  warehouse_id int not null,
  product_id bigint not null,
  change int not null check (change <> 0),
  reason text not null,
  moved_at timestamptz not null default now(),
  foreign key (warehouse_id, product_id) references logistics.stock
);
create index stock_movement_time on logistics.stock_movement using brin (moved_at);

create table logistics.carrier (
  code text primary key,
  name text not null,
  tracking_url text
);

create table logistics.shipment (
  id bigint generated always as identity primary key,
  order_id bigint not null,
  ordered_at timestamptz not null,
  carrier_code text not null references logistics.carrier,
  tracking_number text unique,
  shipped_at timestamptz,
  delivered_at timestamptz,
  check (delivered_at is null or delivered_at >= shipped_at),
  foreign key (order_id, ordered_at) references sales."order" (id, ordered_at)
);

create table logistics.shipment_scan (
  shipment_id bigint not null references logistics.shipment,
  scanned_at timestamptz not null,
  place text not null,
  primary key (shipment_id, scanned_at)
);

-- finance

create table finance.currency (
  code char(3) primary key,
  name text not null
);

create table finance.exchange_rate (
  currency_code char(3) not null references finance.currency,
  day date not null,
  to_eur numeric(14, 6) not null check (to_eur > 0),
  primary key (currency_code, day)
);

create table finance.invoice (
  id bigint generated always as identity primary key,
  invoice_number text not null unique,
  order_id bigint not null,
  ordered_at timestamptz not null,
  issued_on date not null,
  due_on date not null,
  net finance.money_amount not null,
  tax finance.money_amount not null,
  gross numeric(14, 2) generated always as (net + tax) stored,
  check (due_on >= issued_on),
  foreign key (order_id, ordered_at) references sales."order" (id, ordered_at)
);
create index invoice_due on finance.invoice (due_on);

create table finance.payment_method (
  id bigint generated always as identity primary key,
  customer_id bigint not null references crm.customer,
  kind text not null check (kind in ('sepa', 'card', 'invoice')),
  iban text,
  bic text,
  card_number text,
  card_holder text,
  check ((kind = 'sepa') = (iban is not null))
);
comment on column finance.payment_method.iban is 'Account that direct debits are drawn from';
comment on column finance.payment_method.card_number is 'Test numbers only';

create table finance.payment (
  id bigint generated always as identity primary key,
  invoice_id bigint not null references finance.invoice,
  payment_method_id bigint references finance.payment_method,
  amount finance.money_amount not null,
  paid_at timestamptz not null default now(),
  reference text
);
create index payment_invoice on finance.payment (invoice_id);

create table finance.account (
  number text primary key,
  name text not null,
  kind text not null check (kind in ('asset', 'liability', 'income', 'expense'))
);

create table finance.journal_entry (
  id bigint generated always as identity primary key,
  booked_on date not null,
  debit_account text not null references finance.account,
  credit_account text not null references finance.account,
  amount finance.money_amount not null,
  invoice_id bigint references finance.invoice,
  check (debit_account <> credit_account)
);
create index journal_entry_day on finance.journal_entry (booked_on);

-- hr

create table hr.department (
  id int generated always as identity primary key,
  name text not null unique,
  cost_center text not null
);

create table hr.employee (
  id int generated always as identity primary key,
  employee_number text not null unique,
  first_name text not null,
  last_name text not null,
  work_email text not null unique,
  private_email text,
  mobile_phone text,
  date_of_birth date not null,
  ssn text unique,
  tax_id text,
  iban text,
  department_id int not null references hr.department,
  manager_id int references hr.employee,
  hired_on date not null,
  left_on date,
  check (left_on is null or left_on >= hired_on)
);
comment on column hr.employee.ssn is 'Social security number';
comment on column hr.employee.iban is 'Where the salary goes';

create table hr.salary (
  employee_id int not null references hr.employee,
  valid_from date not null,
  yearly_gross numeric(10, 2) not null check (yearly_gross > 0),
  currency char(3) not null default 'EUR',
  primary key (employee_id, valid_from)
);
comment on table hr.salary is 'Not readable for reporting';

create table hr.absence (
  id bigint generated always as identity primary key,
  employee_id int not null references hr.employee,
  first_day date not null,
  last_day date not null,
  reason text not null,
  check (last_day >= first_day)
);

-- marketing

create table marketing.campaign (
  id int generated always as identity primary key,
  name text not null unique,
  channel_code text references sales.channel,
  budget numeric(12, 2),
  starts_on date not null,
  ends_on date
);

create table marketing.newsletter_subscriber (
  email text primary key,
  full_name text,
  subscribed_at timestamptz not null default now(),
  confirmed_ip inet
);

create table marketing.campaign_click (
  campaign_id int not null references marketing.campaign,
  clicked_at timestamptz not null,
  visitor_id uuid not null,
  ip_address inet,
  landing_page text,
  primary key (campaign_id, clicked_at, visitor_id)
);

-- analytics: views on tables, views on views

create view analytics.active_product as
select p.id, p.sku, p.name, c.name as category, b.name as brand, p.list_price
from catalog.product p
join catalog.category c on c.id = p.category_id
left join catalog.brand b on b.id = p.brand_id
where p.status = 'active';
comment on view analytics.active_product is 'What can be ordered today';

create view analytics.customer_profile as
select c.id, c.full_name, c.email, a.city, a.country_code,
  date_part('year', age(current_date, c.birth_date))::int as age_years
from crm.customer c
left join lateral (select city, country_code from crm.address where customer_id = c.id order by id limit 1) a on true
where c.deleted_at is null;

create view analytics.order_revenue as
select o.id as order_id, o.ordered_at, o.customer_id, o.channel_code, o.status,
  sum(i.line_total) as revenue, sum(i.quantity) as pieces, count(*) as lines
from sales."order" o
join sales.order_item i on i.order_id = o.id and i.ordered_at = o.ordered_at
where o.status <> 'cancelled'
group by o.id, o.ordered_at, o.customer_id, o.channel_code, o.status;

create view analytics.monthly_revenue as
select date_trunc('month', ordered_at)::date as month, channel_code, sum(revenue) as revenue, count(*) as orders
from analytics.order_revenue
group by 1, 2;

create view analytics.revenue_growth as
select month, channel_code, revenue,
  lag(revenue) over (partition by channel_code order by month) as revenue_before,
  round(100 * (revenue / nullif(lag(revenue) over (partition by channel_code order by month), 0) - 1), 1) as growth_percent
from analytics.monthly_revenue;
comment on view analytics.revenue_growth is 'Each month against the one before, by channel';

create view analytics.customer_value as
with spent as (
  select customer_id, sum(revenue) as revenue, count(*) as orders, max(ordered_at) as last_order_at
  from analytics.order_revenue
  group by customer_id
)
select p.id, p.full_name, p.email, p.city, coalesce(s.revenue, 0) as revenue, coalesce(s.orders, 0) as orders,
  s.last_order_at, ntile(4) over (order by coalesce(s.revenue, 0) desc) as quartile
from analytics.customer_profile p
left join spent s on s.customer_id = p.id;

create view analytics.contact as
select 'customer' as kind, full_name as name, email::text as email, phone from crm.customer where deleted_at is null
union all
select 'supplier', contact_name, contact_email::text, contact_phone from catalog.supplier
union all
select 'employee', first_name || ' ' || last_name, work_email, mobile_phone from hr.employee where left_on is null;

create view analytics.stock_value as
select w.name as warehouse, p.sku, p.name as product, s.quantity, s.quantity * ps.purchase_price as value
from logistics.stock s
join logistics.warehouse w on w.id = s.warehouse_id
join catalog.product p on p.id = s.product_id
left join (select product_id, min(purchase_price) as purchase_price from catalog.product_supplier group by product_id) ps
  on ps.product_id = p.id;

create view analytics.open_invoice as
select i.invoice_number, i.due_on, i.gross, i.gross - coalesce(sum(p.amount), 0) as open_amount,
  greatest(current_date - i.due_on, 0) as days_late
from finance.invoice i
left join finance.payment p on p.invoice_id = i.id
group by i.id
having i.gross > coalesce(sum(p.amount), 0);

create view analytics.category_tree as
with recursive tree as (
  select id, name, parent_id, name as path, 1 as depth from catalog.category where parent_id is null
  union all
  select c.id, c.name, c.parent_id, t.path || ' / ' || c.name, t.depth + 1
  from catalog.category c
  join tree t on t.id = c.parent_id
)
select id, name, path, depth from tree;

create view analytics.delivery_time as
select s.carrier_code, c.name as carrier, percentile_cont(0.5) within group (order by s.delivered_at - s.shipped_at) as median
from logistics.shipment s
join logistics.carrier c on c.code = s.carrier_code
where s.delivered_at is not null
group by s.carrier_code, c.name;

create materialized view analytics.product_performance as
select a.id as product_id, a.sku, a.name, a.category, sum(i.quantity) as sold, sum(i.line_total) as revenue,
  rank() over (partition by a.category order by sum(i.line_total) desc) as rank_in_category
from analytics.active_product a
join sales.order_item i on i.product_id = a.id
group by a.id, a.sku, a.name, a.category
with no data;
comment on materialized view analytics.product_performance is 'Refreshed each night';

-- rows

insert into catalog.category (parent_id, name, position)
select null, n, p from unnest(array['Home', 'Garden', 'Kitchen', 'Office', 'Outdoor']) with ordinality t (n, p);
insert into catalog.category (parent_id, name, position)
select 1 + g % 5, (array['Lamps', 'Chairs', 'Tools', 'Pots', 'Tents', 'Desks', 'Plants', 'Bags', 'Knives', 'Mats'])[g + 1], g from generate_series(0, 9) g;
insert into catalog.brand (name, website)
select n, 'https://' || lower(n) || '.example' from unnest(array['Ahorn', 'Birke', 'Distel', 'Eiche', 'Fichte', 'Ginster']) n;
insert into catalog.supplier (name, contact_name, contact_email, contact_phone, vat_number, rating)
select 'Supplier ' || g, 'Contact ' || g, 'contact' || g || '@supplier' || g || '.example', '+49 30 5550' || lpad(g::text, 3, '0'),
  'DE' || lpad((100000000 + g * 7919)::text, 9, '0'), 2 + g % 31 / 10.0 from generate_series(1, 20) g;
insert into catalog.product (sku, name, description, category_id, brand_id, status, list_price, weight_grams, attributes, tags, created_at)
select 'SKU-' || lpad(g::text, 5, '0'), 'Product ' || g, 'A thing of good use, number ' || g, 6 + g % 10, 1 + g % 6,
  (array['active', 'active', 'active', 'draft', 'discontinued'])[1 + g % 5]::catalog.product_status, 4.9 + g % 97 * 2.5, 100 + g % 40 * 50,
  jsonb_build_object('color', (array['red', 'green', 'blue'])[1 + g % 3]), array['tag' || g % 7], timestamptz '2025-01-01' + g * interval '8 hours'
from generate_series(1, 400) g;
insert into catalog.product_supplier select p.id, 1 + p.id % 20, round(p.list_price * 0.6, 2), 3 + p.id % 14 from catalog.product p;
insert into catalog.price_history select id, date '2025-01-01', date '2025-09-01', list_price * 0.95 from catalog.product;
insert into catalog.product_image (product_id, url, alt_text) select id, 'https://img.shop.example/' || sku || '.jpg', name from catalog.product;

insert into crm.customer (customer_number, first_name, last_name, email, phone, birth_date, gender, newsletter, password_hash, created_at, deleted_at)
select 'C' || lpad(g::text, 6, '0'), f, l, lower(f || '.' || l) || g || '@mail.example', '+49 151 555' || lpad(g::text, 5, '0'),
  date '1955-03-01' + (g * 37) % 18000, (array['f', 'm', 'x'])[1 + g % 3], g % 3 = 0, md5('invented ' || g), timestamptz '2025-01-03' + g * interval '5 hours',
  case when g % 50 = 0 then timestamptz '2026-02-01' end
from generate_series(1, 800) g,
  lateral (select (array['Alma', 'Bela', 'Cleo', 'Daria', 'Emil', 'Frida', 'Gero', 'Hanna', 'Ivo', 'Jara'])[1 + g % 10] f,
    (array['Ahrens', 'Brandt', 'Conrad', 'Dierks', 'Ebert', 'Falk', 'Graf'])[1 + g % 7] l) n;
insert into crm.address (customer_id, recipient, street, house_number, postal_code, city, latitude, longitude)
select id, full_name, (array['Lindenweg', 'Hafenstrasse', 'Am Markt', 'Ringstrasse'])[1 + id % 4], (1 + id % 120)::text, lpad((10000 + id * 53 % 89999)::text, 5, '0'),
  (array['Berlin', 'Hamburg', 'Leipzig', 'Bremen', 'Kassel'])[1 + id % 5], 48 + id % 60 / 10.0, 7 + id % 70 / 10.0 from crm.customer;
insert into crm.login (customer_id, at, ip_address, user_agent, succeeded)
select 1 + g % 800, timestamptz '2026-01-01' + g * interval '11 minutes', ('192.0.2.' || g % 254 + 1)::inet, 'Browser/' || g % 9, g % 17 <> 0 from generate_series(1, 1500) g;
insert into crm.consent select id, 'newsletter', created_at, deleted_at from crm.customer where newsletter;
insert into crm.support_ticket (customer_id, subject, body, priority, status, opened_at, closed_at)
select 1 + g * 7 % 800, 'Question ' || g, 'Please call me at +49 151 555' || lpad(g::text, 5, '0'), 1 + g % 5, case when g % 4 = 0 then 'open' else 'closed' end,
  timestamptz '2026-01-05' + g * interval '3 hours', case when g % 4 > 0 then timestamptz '2026-01-06' + g * interval '3 hours' end from generate_series(1, 150) g;
insert into crm.ticket_message (ticket_id, author_email, body, sent_at)
select t.id, c.email, 'Any news?', t.opened_at + interval '1 hour' from crm.support_ticket t join crm.customer c on c.id = t.customer_id;
insert into crm.product_review select 1 + g % 400, 1 + g * 3 % 800, 1 + g % 5, 'Does what it says', timestamptz '2026-01-01' + g * interval '1 hour'
from generate_series(1, 300) g on conflict do nothing;

insert into sales.channel values ('web', 'Web shop'), ('app', 'App'), ('store', 'Store');
insert into sales.voucher values ('SPRING10', 10, '2026-06-30'), ('WELCOME5', 5, null);
insert into sales.cart (customer_id, ip_address) select g, ('198.51.100.' || g)::inet from generate_series(1, 60) g;
insert into sales.cart_item select id, 1 + row_number() over () % 400, 1 + row_number() over () % 3 from sales.cart;
insert into sales."order" (id, ordered_at, customer_id, channel_code, voucher_code, status, shipping_address_id)
select g, timestamptz '2025-01-05' + g * interval '7 hours', 1 + g * 13 % 800, (array['web', 'app', 'store'])[1 + g % 3],
  case when g % 9 = 0 then 'SPRING10' end, (array['delivered', 'delivered', 'delivered', 'shipped', 'paid', 'cancelled', 'returned'])[1 + g % 7]::sales.order_status,
  1 + g * 13 % 800 from generate_series(1, 1600) g;
insert into sales.order_item (order_id, ordered_at, product_id, quantity, unit_price)
select o.id, o.ordered_at, p.id, 1 + (o.id + n) % 4, p.list_price
from sales."order" o, generate_series(0, 1) n, lateral (select id, list_price from catalog.product where id = 1 + (o.id * 11 + n * 5) % 400) p;
update sales."order" o set total = i.total from (select order_id, sum(line_total) as total from sales.order_item group by order_id) i where i.order_id = o.id;
insert into sales.order_event select id, ordered_at, ordered_at + interval '2 hours', 'paid', null from sales."order";
insert into sales.return_request (order_item_id, reason, accepted)
select i.id, 'Too small', i.id % 2 = 0 from sales.order_item i join sales."order" o on o.id = i.order_id and o.status = 'returned' where i.id % 3 = 0;

insert into logistics.warehouse (name, city, location) values ('North', 'Hamburg', '(9.99,53.55)'), ('East', 'Leipzig', '(12.37,51.34)'), ('South', 'Ulm', '(9.99,48.4)');
insert into logistics.stock select w.id, p.id, (p.id * 7 + w.id * 13) % 90, timestamptz '2026-03-01' from logistics.warehouse w, catalog.product p;
insert into logistics.stock_movement (warehouse_id, product_id, change, reason, moved_at)
select 1 + g % 3, 1 + g % 400, case when g % 2 = 0 then 20 else -1 end, case when g % 2 = 0 then 'delivery' else 'sale' end, timestamptz '2026-01-01' + g * interval '40 minutes' from generate_series(1, 900) g;
insert into logistics.carrier values ('blue', 'Blue Parcel', 'https://blue.example/'), ('swift', 'Swift Freight', 'https://swift.example/');
insert into logistics.shipment (order_id, ordered_at, carrier_code, tracking_number, shipped_at, delivered_at)
select id, ordered_at, (array['blue', 'swift'])[1 + id % 2], 'T' || lpad(id::text, 10, '0'), ordered_at + interval '1 day',
  case when status = 'delivered' then ordered_at + interval '1 day' * (2 + id % 3) end from sales."order" where status in ('shipped', 'delivered');
insert into logistics.shipment_scan select id, shipped_at + interval '4 hours', 'Hub ' || id % 5 from logistics.shipment;

insert into finance.currency values ('EUR', 'Euro'), ('CHF', 'Swiss franc'), ('SEK', 'Swedish krona');
insert into finance.exchange_rate select c, date '2026-01-01' + g, case c when 'CHF' then 1.05 else 0.09 end + g / 10000.0 from generate_series(0, 89) g, unnest(array['CHF', 'SEK']) c;
insert into finance.invoice (invoice_number, order_id, ordered_at, issued_on, due_on, net, tax)
select 'R-' || lpad(id::text, 6, '0'), id, ordered_at, ordered_at::date, ordered_at::date + 14, round(total / 1.19, 2), total - round(total / 1.19, 2)
from sales."order" where status <> 'cancelled';
insert into finance.payment_method (customer_id, kind, iban, bic, card_number, card_holder)
select id, k, case k when 'sepa' then 'DE' || check_digits || bban end, case k when 'sepa' then 'MARKDEF1100' end, case k when 'card' then '4111111111111111' end,
  case k when 'card' then full_name end
from crm.customer, lateral (select (array['sepa', 'card', 'invoice'])[1 + id % 3] k, '100000000' || lpad((id * 7)::text, 9, '0') bban) m,
  lateral (select lpad((98 - (bban || '131400')::numeric % 97)::text, 2, '0') check_digits) d;
insert into finance.payment (invoice_id, payment_method_id, amount, paid_at, reference)
select i.id, m.id, i.gross, i.issued_on + interval '3 days', i.invoice_number
from finance.invoice i join sales."order" o on o.id = i.order_id and o.ordered_at = i.ordered_at join finance.payment_method m on m.customer_id = o.customer_id
where i.id % 8 <> 0;
insert into finance.account values ('1200', 'Bank', 'asset'), ('1400', 'Receivables', 'asset'), ('3806', 'Value added tax', 'liability'), ('4400', 'Revenue', 'income'), ('6000', 'Wages', 'expense');
insert into finance.journal_entry (booked_on, debit_account, credit_account, amount, invoice_id) select issued_on, '1400', '4400', net, id from finance.invoice;

insert into hr.department (name, cost_center) values ('Management', '100'), ('Sales', '200'), ('Logistics', '300'), ('Finance', '400'), ('Technology', '500');
insert into hr.employee (employee_number, first_name, last_name, work_email, private_email, mobile_phone, date_of_birth, ssn, tax_id, iban, department_id, manager_id, hired_on)
select 'E' || lpad(g::text, 4, '0'), f, l, lower(f || '.' || l) || g || '@shop.example', lower(f) || g || '@private.example', '+49 170 555' || lpad(g::text, 5, '0'),
  date '1960-05-05' + (g * 211) % 14000, lpad((200 + g)::text, 3, '0') || '-' || lpad((10 + g % 80)::text, 2, '0') || '-' || lpad((1000 + g * 17)::text, 4, '0'),
  lpad((20000000000 + g * 104729)::text, 11, '0'), 'DE' || lpad((98 - (bban || '131400')::numeric % 97)::text, 2, '0') || bban, 1 + g % 5, case when g > 5 then 1 + g % 5 end,
  date '2015-01-01' + g * 29
from generate_series(1, 60) g,
  lateral (select (array['Kaja', 'Levin', 'Mira', 'Nils', 'Oda', 'Piet'])[1 + g % 6] f, (array['Hartwig', 'Jansen', 'Kruse', 'Lohmann', 'Mertens'])[1 + g % 5] l, '200000000' || lpad((g * 11)::text, 9, '0') bban) n;
insert into hr.salary select id, hired_on, 38000 + id * 700, 'EUR' from hr.employee;
insert into hr.absence (employee_id, first_day, last_day, reason) select id, date '2026-02-01' + id, date '2026-02-03' + id, 'holiday' from hr.employee;

insert into marketing.campaign (name, channel_code, budget, starts_on, ends_on) values ('Spring', 'web', 12000, '2026-03-01', '2026-05-31'), ('App launch', 'app', 30000, '2026-01-15', null);
insert into marketing.newsletter_subscriber select email, full_name, created_at, '203.0.113.7' from crm.customer where newsletter and deleted_at is null;
insert into marketing.campaign_click select 1 + g % 2, timestamptz '2026-03-01' + g * interval '9 minutes', gen_random_uuid(), ('203.0.113.' || g % 250 + 1)::inet, '/spring' from generate_series(1, 400) g;

refresh materialized view analytics.product_performance;
create unique index product_performance_product on analytics.product_performance (product_id);

-- The role that discovers it: reads all but the salaries, so that a real warning is seen; writes nothing.

do $$
declare s text;
begin
  foreach s in array array['catalog', 'crm', 'sales', 'logistics', 'finance', 'hr', 'marketing', 'analytics'] loop
    execute format('grant usage on schema %I to sample_reader', s);
    execute format('grant select on all tables in schema %I to sample_reader', s);
  end loop;
end $$;
revoke select on hr.salary from sample_reader;
analyze;
