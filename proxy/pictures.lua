-- Whether what an image server sends with 200 is a picture, whole, of the type that it says: judged by its first and
-- last bytes, as it passes. Some failures are a 200 with no body at all, with a text, or with half of a picture, and a
-- Content-Length tells of them only where there is one.
--
-- For body_filter_by_lua_file. At the first piece that is wrong nginx ends the connection, as if the image server had
-- died: nothing of it is kept, and nothing of it is sent where nothing had been sent before.

local forms = {
    ["image/jpeg"] = { first = "\xff\xd8\xff", last = "\xff\xd9" },
    ["image/png"] = { first = "\x89PNG\r\n\x1a\n", last = "IEND\xaeB\x60\x82" },
}
local longest = 8  -- bytes of a beginning or an end

local piece, is_last = ngx.arg[1], ngx.arg[2]
local form = forms[ngx.var.picture_type]
local seen = ngx.ctx
seen.first = ((seen.first or "") .. piece:sub(1, longest)):sub(1, longest)
seen.last = ((seen.last or "") .. piece:sub(-longest)):sub(-longest)

local begins = form and seen.first:sub(1, #form.first) == form.first:sub(1, #seen.first)
local ends = form and (not is_last or seen.last:sub(-#form.last) == form.last)
if not (begins and ends) then
    return ngx.ERROR
end
