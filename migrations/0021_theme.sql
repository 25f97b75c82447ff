-- How pages look to somebody: as their system says, or always light or dark.
ALTER TABLE users ADD COLUMN theme text NOT NULL DEFAULT 'SYSTEM' CHECK (theme IN ('SYSTEM', 'LIGHT', 'DARK'));
