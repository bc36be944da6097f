-- init_worker_by_lua_file: once a minute one process says what became of large images.
if ngx.worker.id() ~= 0 then return end
local lanes = require "lanes"

ngx.timer.every(60, function(isLast)
    local words = not isLast and lanes.report()
    if words then
        io.stderr:write("proxy: ", words, ".\n")
        io.stderr:flush()
    end
end)
