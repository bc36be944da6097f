-- Runs when iipsrv's answer is here and nothing of it is sent yet. lighttpd takes the end of the connection for the
-- end of the answer, so a worker that dies while it draws would leave half a picture with status 200, and iipsrv
-- sends some error texts as image/jpeg. Neither is a picture: 500, and the proxy asks once more.
local r = lighty.r
if r.req_attr["request.method"] ~= "GET" then return 0 end

local type = r.resp_header["Content-Type"] or ""
local body = r.resp_body.get or ""
local complete = true
if type:find("^image/jpeg") then
  complete = body:sub(1, 2) == "\255\216" and body:sub(-2) == "\255\217"  -- SOI … EOI
elseif type:find("json") then
  complete = body:find("}%s*$") ~= nil
end

if not complete then
  r.resp_body.set({})
  return 500
end
