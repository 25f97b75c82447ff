#include "core/store/secrets.hpp"

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

const pg::Statement kFindVersion{"secrets_find_version",
                                 "SELECT id, version FROM secrets WHERE owner = $1 AND purpose = $2 FOR UPDATE"};
const pg::Statement kInsert{"secrets_insert", R"sql(
    INSERT INTO secrets (id, owner, purpose, version, key_id, sealed) VALUES ($1, $2, $3, $4, $5, $6))sql"};
const pg::Statement kUpdate{"secrets_update", R"sql(
    UPDATE secrets SET version = $2, key_id = $3, sealed = $4, created_at = clock_timestamp() WHERE id = $1)sql"};
const pg::Statement kGet{"secrets_get",
                         "SELECT id, owner, purpose, version, key_id, sealed FROM secrets WHERE id = $1"};
const pg::Statement kRemove{"secrets_remove", "DELETE FROM secrets WHERE id = $1"};

const pg::Statement kLockOld{"secrets_lock_old", R"sql(
    SELECT id, owner, purpose, version, key_id, sealed
      FROM secrets
     WHERE key_id <> $1
     ORDER BY id
     LIMIT $2
       FOR UPDATE)sql"};
const pg::Statement kReseal{"secrets_reseal", "UPDATE secrets SET key_id = $2, sealed = $3 WHERE id = $1"};

const pg::Statement kCanary{"secrets_canary", "SELECT value FROM settings WHERE name = 'secrets_canary'"};
const pg::Statement kPutCanary{"secrets_put_canary", R"sql(
    INSERT INTO settings (name, value) VALUES ('secrets_canary', $1) ON CONFLICT (name) DO NOTHING)sql"};
const pg::Statement kResealCanary{"secrets_reseal_canary",
                                  "UPDATE settings SET value = $1 WHERE name = 'secrets_canary'"};

constexpr const char* kCanaryText = "These keys open this desk's secrets.";
constexpr const char* kCanaryAad = "canary";

/// What a sealed value is bound to.
struct Label {
    SecretId id;
    std::string owner, purpose;
    int version;

    std::string aad() const { return cat(id, '|', owner, '|', purpose, '|', version); }
    /// Of a row that says where its value is, so that no value can pass for such a place.
    std::string place_aad() const { return cat(aad(), "|place"); }
};

/// What a row holds: a value, or the place of one.
struct Opened {
    Label label;
    Secret plain = {};
    bool is_place = false;

    std::string aad() const { return is_place ? label.place_aad() : label.aad(); }
};

Opened open_row(const pg::Row& row, const Keyring& keys) {
    const Label label{row["id"], row["owner"], row["purpose"], row["version"]};
    const pg::Bytes bytes = row["sealed"];
    const Keyring::Sealed sealed{row["key_id"], bytes.value};
    if (auto value = keys.open(sealed, label.aad())) return {label, std::move(*value), false};
    if (auto place = keys.open(sealed, label.place_aad())) return {label, std::move(*place), true};
    throw Error(Code::internal, "The desk can't open one of its secrets.",
                cat("secret ", label.id, " of ", label.owner, ": its key ", sealed.key_id,
                    " is not in the key file, or the row was changed"));
}

/// Where a value is: one line each for the vault's kind, the name and the version.
struct Place {
    std::string kind = {}, name = {}, version = {};

    std::string str() const { return cat(kind, '\n', name, '\n', version); }
    static Place parse(std::string_view text) {
        const auto lines = split(text, '\n');
        if (lines.size() != 3) throw Error(Code::internal, "The desk can't open one of its secrets.", "a broken place");
        return {std::string(lines[0]), std::string(lines[1]), std::string(lines[2])};
    }
};

SecretVault& vault_of(const Place& place, SecretVault* vault) {
    if (vault != nullptr && vault->kind() == place.kind) return *vault;
    throw Error(Code::internal, "The desk can't reach one of its secrets.",
                cat(place.name, " is kept in ", place.kind, "; set secrets.kind to ", place.kind,
                    " until nothing is kept there any more"));
}

/// The canary is stored as "key id:base64".
std::string seal_canary(const Keyring& keys) {
    const auto sealed = keys.seal(Secret(kCanaryText), kCanaryAad);
    return cat(sealed.key_id, ':', base64(sealed.bytes));
}

Keyring::Sealed parse_canary(const std::string& stored) {
    const auto colon = stored.find(':');
    if (colon == std::string::npos) return {};
    return {stored.substr(0, colon), from_base64(std::string_view(stored).substr(colon + 1)).value_or("")};
}

std::optional<std::string> find_canary(pg::Transaction& tx) {
    return tx.maybe(kCanary, [](pg::Row r) { return std::string(r["value"]); });
}

bool opens(const Keyring& keys, const std::string& canary) {
    const auto plain = keys.open(parse_canary(canary), kCanaryAad);
    return plain && plain->reveal() == kCanaryText;
}

/// The same put of the same value for the same row, whenever it is done again.
std::string put_token(const Keyring& keys, const Label& label, const Secret& value) {
    return hex(keys.sign("secret", cat(label.owner, '|', label.purpose, '|', label.version, '|', value.reveal())));
}

/// Puts the value where it belongs, and seals what the row is to hold.
Keyring::Sealed seal_row(const Keyring& keys, SecretVault* vault, const Label& label, const Secret& value) {
    if (vault == nullptr) return keys.seal(value, label.aad());
    const std::string name = cat(label.owner, '/', label.purpose);
    const Place place{std::string(vault->kind()), name, vault->put(name, value, put_token(keys, label, value))};
    return keys.seal(Secret(place.str()), label.place_aad());
}

}  // namespace

SecretId SealedSecrets::put(const std::string& owner, const std::string& purpose, const Secret& value) {
    const auto before = tx_.maybe(
        kFindVersion, [](pg::Row r) { return std::pair<SecretId, int>(r["id"], r["version"]); }, owner, purpose);
    const Label label{before ? before->first : SecretId::make(), owner, purpose, before ? before->second + 1 : 1};
    const auto sealed = seal_row(keys_, vault_, label, value);
    if (before)
        tx_.execute(kUpdate, label.id, label.version, sealed.key_id, pg::Bytes{sealed.bytes});
    else
        tx_.execute(kInsert, label.id, owner, purpose, label.version, sealed.key_id, pg::Bytes{sealed.bytes});
    return label.id;
}

Secret SealedSecrets::get(const SecretId& id) {
    const pg::Rows rows = tx_.run(kGet, id);
    if (rows.empty()) throw Error(Code::not_found, "This secret is not there any more.", id.str());
    auto opened = open_row(rows[0], keys_);
    if (!opened.is_place) return std::move(opened.plain);
    const auto place = Place::parse(opened.plain.reveal());
    return vault_of(place, vault_).get(place.name, place.version);
}

void SealedSecrets::remove(const SecretId& id) {
    const pg::Rows rows = tx_.run(kGet, id);
    if (rows.empty()) return;
    const auto opened = open_row(rows[0], keys_);
    if (opened.is_place) {
        const auto place = Place::parse(opened.plain.reveal());
        vault_of(place, vault_).remove(place.name);
    }
    tx_.execute(kRemove, id);
}

namespace secrets {

void check_keys(pg::Transaction& tx, const Keyring& keys) {
    auto canary = find_canary(tx);
    if (!canary) {
        // Of two processes that start on an empty database one writes; both look at what stands there then.
        tx.execute(kPutCanary, seal_canary(keys));
        canary = find_canary(tx);
    }
    if (!canary || !opens(keys, *canary))
        throw Error(Code::internal, "The desk's key file does not belong to its database.",
                    "no key in the key file opens the canary in table settings; restore the key file of this desk");
}

int reseal(pg::Transaction& tx, const Keyring& keys, int limit) {
    check_keys(tx, keys);
    if (const auto canary = find_canary(tx); parse_canary(canary.value_or("")).key_id != keys.first_id())
        tx.execute(kResealCanary, seal_canary(keys));

    const pg::Rows old = tx.run(kLockOld, keys.first_id(), limit);
    for (const pg::Row row : old) {
        const auto opened = open_row(row, keys);
        const auto sealed = keys.seal(opened.plain, opened.aad());
        tx.execute(kReseal, opened.label.id, sealed.key_id, pg::Bytes{sealed.bytes});
    }
    return old.size();
}

}  // namespace secrets

}  // namespace desk
