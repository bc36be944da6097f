-- access_by_lua_file of images, when auth has said yes.
local memo = require "memo"
local var = ngx.var

local path = var.auth_status == "200" and var.auth_image_path
local place = path and memo.place(path)
if not place then
    return ngx.exit(ngx.HTTP_INTERNAL_SERVER_ERROR)  -- no usable answer
end
local answer = {
    place = place,
    tile = path .. " " .. (var.auth_image_version or ""),
    etag = var.auth_image_etag or "",
    link = var.auth_image_link or "",
    origin = var.auth_image_origin or "",
    policy = var.auth_image_policy or "",
    price = var.auth_image_price or "",
    visitor = var.auth_visitor or "",
}
memo.remember(ngx.ctx.question, answer, var.auth_image_grant, var.auth_grant_life)
return ngx.exec(memo.show(answer))
