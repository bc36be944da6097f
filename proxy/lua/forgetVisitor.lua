-- header_filter_by_lua_file of documents: where auth sets a cookie, what its visitor may see has changed.
if ngx.var.upstream_http_set_cookie then
    require("memo").forgetVisitor()
end
