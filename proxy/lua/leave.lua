-- log_by_lua_file of the renderer: the image server is done, however it ended.
local lease = ngx.var.lease
if lease and lease ~= "" then
    require("lanes").leave(lease)
end
