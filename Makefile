# The operator's verbs, one line each; ./desk help explains them. PORT=N and STATE=DIR choose the desk.
DESK = ./desk
# CLUSTER=name of clusters/name/cluster.yaml, a file, or an id; USER_NAME=who orders, TEAM=for whom.
TARGET = $(or $(realpath $(CLUSTER)),$(realpath clusters/$(CLUSTER)/cluster.yaml),$(CLUSTER))
ORDER = $(if $(USER_NAME),--user $(USER_NAME)) $(if $(TEAM),--team $(TEAM))
PLACE = $(if $(PORT),--port $(PORT)) $(if $(STATE),--state $(STATE))
.PHONY: help up down status demo logs test bench doctor config validate audit-verify migrate \
        preflight render tf-bootstrap tf-apply cluster-create verify cluster-destroy orphans format tidy

help:         ; @$(DESK) help
up:           ; @$(DESK) up $(PLACE)
down:         ; @$(DESK) down $(PLACE)
status:       ; @$(DESK) status $(PLACE)
demo:         ; @$(DESK) demo $(PLACE)
logs:         ; @$(DESK) logs $(PLACE)
test:         ; @$(DESK) test $(LAYERS)
bench:        ; @$(DESK) bench $(PLACE)
doctor:       ; @$(DESK) worker $(PLACE) doctor
config:       ; @$(DESK) worker $(PLACE) config
migrate:      ; @$(DESK) worker $(PLACE) migrate
audit-verify: ; @$(DESK) worker $(PLACE) audit-verify
validate:     ; @$(DESK) worker $(PLACE) validate $(abspath $(FILE))
preflight:    ; @$(DESK) worker $(PLACE) preflight $(TARGET) $(ORDER)
render:       ; @$(DESK) worker $(PLACE) render $(TARGET) $(ORDER)
tf-bootstrap: ; @$(DESK) worker $(PLACE) tf-bootstrap $(ACCOUNT)
tf-apply:     ; @$(DESK) worker $(PLACE) tf-apply $(TARGET) $(ORDER)
verify:       ; @$(DESK) worker $(PLACE) verify $(TARGET)
orphans:      ; @$(DESK) worker $(PLACE) orphans
cluster-create:  ; @$(DESK) worker $(PLACE) cluster-create $(TARGET) $(ORDER)
cluster-destroy: ; @$(DESK) worker $(PLACE) cluster-destroy $(TARGET) $(if $(CONFIRM),--confirm $(CONFIRM))
format:       ; @git ls-files '*.cpp' '*.hpp' | xargs clang-format-14 -i
tidy:         ; @git ls-files 'core/*.cpp' 'cgi/*.cpp' 'worker/*.cpp' | xargs -P 2 -n 1 clang-tidy-14 --quiet -p build/dev
