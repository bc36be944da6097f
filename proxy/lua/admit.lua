-- access_by_lua_file of the renderer: a place for what is dear, or no.
local lanes = require "lanes"
local var = ngx.var

local refusals = { busy = 529, spent = 530 }

local outcome, lease = lanes.enter(tonumber(var.http_x_image_price), var.http_x_visitor or "", var.http_x_network or "")
var.lane = outcome
var.lease = lease or ""  -- unlike ngx.ctx, a variable outlives an error_page
if refusals[outcome] then
    return ngx.exit(refusals[outcome])
end
