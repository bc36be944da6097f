-- rewrite_by_lua_file of images: what auth is asked with.
local memo = require "memo"
local var = ngx.var

local question = memo.question()
var.asked_cookie = question.cookie or ""
var.asked_authorization = question.authorization or ""
var.asked_origin = question.origin or ""
var.asked_referer = question.referer or ""
ngx.ctx.question = question
