-- set_by_lua_file of the addresses of images: where the request goes on. A decision that is remembered opens the picture at
-- once; whatever else is asked goes on by its route, as if nobody had looked.
local memo = require "memo"
local var = ngx.var

local method = ngx.req.get_method()
local answer = (method == "GET" or method == "HEAD") and memo.recall(var.question)
if not answer then
    return "/." .. var.route
end
return memo.show(answer)
