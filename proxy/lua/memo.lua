-- What auth has said, remembered: who may see which image for two seconds at most, and what an address of it means for as
-- long as there is room (docs/decisions/0040-decisions-are-remembered.md). Nothing of IIIF is understood here: an address
-- is cut in two behind the identifier, and each part counts as it is spelled.
--
-- No part of a key holds the newline that stands between the parts, and auth is asked with exactly the parts of a key. A
-- request that does not fit is asked about as it is, and nothing of it is remembered.

local memo = {}

local ffi = require "ffi"
ffi.cdef "extern volatile uintptr_t ngx_current_msec;"

local decisions = ngx.shared.decisions
local geometries = ngx.shared.geometries
local find, match, gmatch, sub, concat = string.find, string.match, string.gmatch, string.sub, table.concat
local var = ngx.var

-- Of auth's sessions/cookies.ts, in every form in which they are set.
local ours = {
    ["__Host-vitrine_access"] = true, ["__Host-vitrine_visit"] = true,
    ["vitrine_access"] = true, ["vitrine_visit"] = true,
    ["vitrine_access_lax"] = true, ["vitrine_visit_lax"] = true,
}

-- Characters: longer parts are not remembered.
local longest = { address = 1024, value = 512, authorization = 4096, origin = 300 }

-- The cookies of ours in a Cookie header, as one; nil where one comes twice or has another form.
local function rebuiltCookie(header)
    if not header then return "" end
    local kept, seen = {}, {}
    for piece in gmatch(header, "[^;]+") do
        local name, value = match(piece, "^%s*([^=]-)%s*=%s*(.-)%s*$")
        if name and ours[name] then
            if seen[name] or #value > longest.value or not find(value, "^[%w_.-]+$") then return nil end
            seen[name] = true
            kept[#kept + 1] = name .. "=" .. value
        end
    end
    return concat(kept, "; ")
end

local function plainAuthorization(header)
    if not header then return "" end
    return #header <= longest.authorization and match(header, "^%a+ [%w_.~+/=-]+$")
end

local function plainOrigin(header)
    return #header <= longest.origin and match(header, "^%a[%w+.-]*://[%w.:%[%]-]+$")
end

-- All that a page says of itself in Referer, without its path; it counts only where there is no Origin.
local function originOfPage(referer)
    local origin = match(referer, "^(https?://[^/]+)/")
    return origin and plainOrigin(origin)
end

-- Cuts an address behind its identifier, by position: the first segment, or the second where the first is a signature.
local function cut(address)
    if #address > longest.address or not find(address, "^[%w%%!$&'()*+,./:=@^_~-]+$") then return nil end
    local _, prefix = find(address, "^/iiif/3/images/")
    if not prefix then _, prefix = find(address, "^/iiif/images/") end
    if not prefix then return nil end
    local slash = find(address, "/", prefix + 1, true)
    if slash and sub(address, prefix + 1, prefix + 1) == "!" then slash = find(address, "/", slash + 1, true) end
    if not slash then return nil end
    return sub(address, 1, slash - 1), sub(address, slash + 1)
end

-- Milliseconds on a clock that is the same in all workers, and that nobody can set.
local function now()
    return tonumber(ffi.C.ngx_current_msec)
end

-- Whether finished tiles may be kept (../follow), as it was when something was looked up or asked for last.
local hasRoom = true

local function lookForRoom()
    local sign = io.open("${RUN_DIR}/keeps-tiles")
    hasRoom = sign ~= nil
    if sign then sign:close() end
end

-- What auth is to be asked about this request. `key` and `rest` are nil where nothing may be remembered of it.
function memo.question()
    local cookie, authorization = var.http_cookie, var.http_authorization
    local origin, referer = var.http_origin, var.http_referer
    local asked = { at = now() }
    local identifier, rest = cut(var.request_uri)
    asked.cookie = rebuiltCookie(cookie)
    asked.authorization = plainAuthorization(authorization)
    asked.origin = origin and plainOrigin(origin) or not origin and ""
    local page = not origin and referer and originOfPage(referer)
    asked.referer = page and page .. "/" or (origin or not referer) and ""
    if identifier and var.plain == "" and asked.cookie and asked.authorization and asked.origin and asked.referer then
        asked.rest = rest
        asked.key = concat({ identifier, var.host, var.remote_addr, asked.cookie, asked.authorization, asked.origin,
            asked.referer }, "\n")
        return asked
    end
    return { cookie = cookie, authorization = authorization, origin = origin, referer = referer }
end

-- What this worker has looked up, by the whole request as it came: the newest, and those before them. A table that is full
-- takes the place of the other one. For as many milliseconds, after which the shared tables are asked: they are what is
-- told of a logout.
local newest, before, count = {}, {}, 0
local most, longest_request, look_again = 4096, 2048, 100

local function put(request, answer)
    if #request > longest_request then return end
    if count >= most then
        newest, before, count = {}, newest, 0
    end
    newest[request] = answer
    count = count + 1
end

-- Whether auth has set a cookie since for who sent one of these: a logout, mostly.
local function hasChanged(cookie, since)
    for secret in gmatch(cookie, "=([^;]+)") do
        local changed = decisions:get("changed\n" .. secret)
        if changed and changed >= since then return true end
    end
    return false
end

-- Of who sent the cookies of this request nothing counts any more that was decided before.
function memo.forgetVisitor()
    newest, before, count = {}, {}, 0
    for secret in gmatch(rebuiltCookie(var.http_cookie) or "", "=([^;]+)") do
        decisions:set("changed\n" .. secret, now(), 3)
    end
end

local function lookUp()
    lookForRoom()
    local question = memo.question()
    local decision = question.key and decisions:get(question.key)
    if not decision then return nil end
    local asked, ends, grant, origin, policy, visitor = match(decision, "^(%d+) (%d+) (%x+)\n(.-)\n(.-)\n(.*)$")
    ends = tonumber(ends)
    if ends <= now() or hasChanged(question.cookie, tonumber(asked)) then return nil end
    local geometry = geometries:get(grant .. "\n" .. question.rest)
    if not geometry then return nil end
    local place, tile, etag, link, price = match(geometry, "^(.-)\n(.-)\n(.-)\n(.-)\n(.*)$")
    return { ends = math.min(ends, now() + look_again), origin = origin, policy = policy, visitor = visitor, place = place, tile = tile,
        etag = etag, link = link, price = price }
end

-- What auth has said to this request (all of it that counts, as it came), or nil.
function memo.recall(request)
    local answer = newest[request] or before[request]
    if not answer or answer.ends <= now() then
        answer = lookUp()
        if not answer then return nil end
        put(request, answer)
    end
    return answer
end

-- Remembers a yes of auth's. The life of the decision (seconds) counts from before it was asked for.
function memo.remember(question, answer, grant, life)
    lookForRoom()
    if not (question.key and grant and life and find(grant, "^%x+$") and find(life, "^[12]$")) then return end
    local ends = question.at + 1000 * life
    local left = ends - now()
    if left <= 0 then return end
    geometries:set(grant .. "\n" .. question.rest,
        concat({ answer.place, answer.tile, answer.etag, answer.link, answer.price }, "\n"))
    decisions:set(question.key, concat({ ("%d %d %s"):format(question.at, ends, grant), answer.origin, answer.policy,
        answer.visitor }, "\n"), left / 1000)
end

-- The next one who asks for this image asks auth.
function memo.forget(question)
    newest, before, count = {}, {}, 0
    if question.key then decisions:delete(question.key) end
end

-- X-Image-Path, only in the forms that the contract gives it; and the location that sends what is there.
local rendered = "^/(?:iiif/[0-9a-f]+/|digilib/Scaler/vitrine-images/[0-9a-f]+!)[0-9a-f]+-\\d+\\.(?:tif|jp2|reduced\\.tif)/"
    .. "(?:full|\\d+(?:,\\d+){3})/\\d+,\\d+/!?\\d+/[a-z]+\\.[a-z]+\\z"
local tile = "^/tiles/[0-9a-f]+/[0-9a-f]+-\\d+\\.tif/\\d+/\\d+,\\d+/\\d+,\\d+\\z"

-- Where the picture of this path is; nil for anything else.
function memo.place(path)
    if ngx.re.find(path, tile, "jo") then return "/." .. sub(path, 2) end
    if ngx.re.find(path, rendered, "jo") then return "/.rendered" .. path end
end

-- Sets what is sent of a picture that this visitor may see; answers the location that sends it. A browser that has it
-- already is told so: a weak comparison with each of a list, or `*` (RFC 9110, 13.1.2).
function memo.show(answer)
    local etag, known = answer.etag, var.http_if_none_match
    var.image_tile = answer.tile
    var.image_etag = etag
    var.image_link = answer.link
    var.image_origin = answer.origin
    var.image_policy = answer.policy
    if answer.price ~= "0" then  -- of what has to be rendered
        var.auth_image_price = answer.price
        var.auth_visitor = answer.visitor
    end
    if known and etag ~= "" and (known == "*" or find(known, etag, 1, true)) then return "/.not_modified" end
    if not hasRoom then var.no_room = "1" end
    return answer.place
end

return memo
