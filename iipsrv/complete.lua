-- Runs when iipsrv's answer is here and nothing of it is sent yet. lighttpd takes the end of the connection for the
-- end of the answer, so a worker that dies while it draws would leave half a picture with status 200, and iipsrv
-- sends some error texts as image/jpeg. Neither is a picture: 500, and the proxy asks once more.
-- Of a picture goes out what is seen: iipsrv copies the master's XMP (notes, places, thumbnails) into what it draws.
local r = lighty.r
if r.req_attr["request.method"] ~= "GET" then return 0 end

local SOI, EOI, SOS = "\255\216", "\255\217", 0xDA
-- Application segments that change how the pixels look, by marker: how each begins.
local SEEN = {
  [0xE0] = "JFIF\0",
  [0xE2] = "ICC_PROFILE\0",
  [0xEE] = "Adobe",  -- whether the colours are YCbCr
}

local function keeps(body, marker, from)
  if marker == 0xFE then return false end  -- a comment
  if marker < 0xE0 or marker > 0xEF then return true end  -- tables, and how to read them
  local start = SEEN[marker]
  return start ~= nil and body:sub(from, from + #start - 1) == start
end

-- The picture in parts without what is not to be seen; nil where it is no whole JPEG.
local function parts(body)
  if body:sub(1, 2) ~= SOI or body:sub(-2) ~= EOI then return nil end
  local kept, first, at = {}, 1, 3
  while true do
    local ff, marker, high, low = body:byte(at, at + 3)
    if ff ~= 0xFF or low == nil then return nil end
    if marker == SOS then break end
    local after = at + 2 + high * 256 + low
    if not keeps(body, marker, at + 4) then
      kept[#kept + 1] = body:sub(first, at - 1)
      first = after
    end
    at = after
  end
  kept[#kept + 1] = body:sub(first)
  return kept
end

local type = r.resp_header["Content-Type"] or ""
local body = r.resp_body.get or ""
local complete = true
if type:find("^image/jpeg") then
  local picture = parts(body)
  complete = picture ~= nil
  if picture and #picture > 1 then r.resp_body.set(picture) return 200 end
elseif type:find("json") then
  complete = body:find("}%s*$") ~= nil
end

if not complete then
  r.resp_body.set({})
  return 500
end
