{{ config(materialized='table') }}
select c.name, sum(o.amount) as total from {{ ref('stg_orders') }} o join {{ ref('raw_customers') }} c on c.id = o.customer group by c.name
