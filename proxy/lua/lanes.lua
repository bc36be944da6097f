-- Who may have something rendered now that takes long (docs/decisions/0041-readers-first.md). What is cheap always may, and
-- the last worker of the image server is for it alone.
--
-- A place is a key that one request holds. Who holds it gives it back; of one that cannot any more (its nginx process has
-- died) it comes back by itself, later than any rendition can take.

local lanes = {}

local shared = ngx.shared.lanes
local match, gmatch, ceil, min, max, floor = string.match, string.gmatch, math.ceil, math.min, math.max, math.floor

-- In tiles of 512 x 512 pixels, as auth counts: more is dear. A screen full of 4 million pixels is not yet.
local cheap = 16
-- Dear renditions at a time, of everybody; and in the worst case (seconds) one takes: a read and a second try, twice.
local places = tonumber("${LARGE_AT_ONCE}")
local longest = 170
local ofOne = 2
-- Tiles a minute that one visitor may have rendered by dear requests; of those who are not logged in, one network.
local budget = tonumber("${RENDERING_BUDGET}")
-- Seconds that a user waits for a place.
local patience, step = 2, 0.1

-- By class of visitors: which places they may take. Those of users are taken from the other end.
local shares = {
    user = { from = places, to = 1, step = -1 },
    known = { from = 1, to = ceil(places * 3 / 4), step = 1 },
    anybody = { from = 1, to = ceil(places / 2), step = 1 },
}

-- What somebody cannot leave at will: the /24 of an IPv4 address, the /48 of an IPv6 address.
function lanes.networkOf(address)
    local mapped = match(address, "^::ffff:(%d+%.%d+%.%d+%.%d+)$")
    local v4 = match(mapped or address, "^(%d+%.%d+%.%d+)%.%d+$")
    if v4 then return v4 .. ".0/24" end
    local left, right = match(address, "^(.-)::(.*)$")
    local groups, after = {}, 0
    for group in gmatch(left or address, "[^:]+") do groups[#groups + 1] = group end
    for _ in gmatch(right or "", "[^:]+") do after = after + 1 end
    if left then
        for _ = #groups + after + 1, 8 do groups[#groups + 1] = "0" end
        for group in gmatch(right, "[^:]+") do groups[#groups + 1] = group end
    end
    return (groups[1] or "") .. ":" .. (groups[2] or "") .. ":" .. (groups[3] or "") .. "::/48"
end

local function count(class, what)
    shared:incr("count " .. class .. " " .. what, 1, 0)
end

-- One of some places, or nil.
local function take(kind, share)
    for number = share.from, share.to, share.step do
        local place = kind .. " " .. number
        if shared:safe_add(place, true, longest) then return place end
    end
end

-- Gives back the places of a lease: their names, with newlines between.
function lanes.leave(lease)
    for place in gmatch(lease, "[^\n]+") do shared:delete(place) end
end

-- Places in all bounds that hold for a visitor, or nil.
local function leaseFor(class, visitor, network)
    local bounds = {
        { "of " .. visitor, { from = 1, to = ofOne, step = 1 } },
        class ~= "user" and { "of network " .. network, { from = 1, to = max(ofOne, shares.anybody.to), step = 1 } } or nil,
        { "place", shares[class] },
    }
    local lease = ""
    for _, bound in pairs(bounds) do
        local place = take(bound[1], bound[2])
        if not place then
            lanes.leave(lease)
            return nil
        end
        lease = lease .. place .. "\n"
    end
    return lease
end

-- Whether a minute's budget has room for it; if so it is taken.
local function pays(who, price)
    local minute = "spent " .. who .. " " .. floor(ngx.now() / 60)
    local spent = shared:incr(minute, price, 0, 120)
    if not spent then return false end
    if spent - price < budget then return true end
    shared:incr(minute, -price)
    return false
end

-- Lets a rendition begin, for a price and a visitor as auth has said them, and a client's address. @returns what happened:
-- `cheap`; `dear` and `delayed` with a lease that has to be given back; `busy`; `spent`.
function lanes.enter(price, visitor, address)
    local class = match(visitor, "^(%a+) ")
    if not (price and shares[class]) then return "busy" end
    if price <= cheap then return "cheap" end
    local network = lanes.networkOf(address)
    local lease, outcome = leaseFor(class, visitor, network), "dear"
    local waited = 0
    while not lease and class == "user" and waited < patience do
        ngx.sleep(step)
        waited, outcome = waited + step, "delayed"
        lease = leaseFor(class, visitor, network)
    end
    if not lease then
        outcome = "busy"
    elseif not pays(class == "user" and visitor or network, min(price, 1000)) then
        lanes.leave(lease)
        lease, outcome = nil, "spent"
    end
    count(class, outcome)
    return outcome, lease
end

-- What was counted since the last time, as words for the log; nil where nothing dear was asked for.
function lanes.report()
    local words = {}
    for _, class in ipairs({ "user", "known", "anybody" }) do
        local counts, total = {}, 0
        for _, outcome in ipairs({ "dear", "delayed", "busy", "spent" }) do
            local key = "count " .. class .. " " .. outcome
            local number = shared:get(key) or 0
            if number > 0 then shared:incr(key, -number) end
            counts[outcome], total = number, total + number
        end
        if total > 0 then
            words[#words + 1] = ("%s: %d at once, %d after a wait, %d refused (%d over the budget)"):format(class,
                counts.dear, counts.delayed, counts.busy + counts.spent, counts.spent)
        end
    end
    return words[1] and "large images in the last minute: " .. table.concat(words, "; ")
end

return lanes
