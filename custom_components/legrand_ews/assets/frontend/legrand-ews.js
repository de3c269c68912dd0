var e=`M10.63,14.1C12.23,10.58 16.38,9.03 19.9,10.63C23.42,12.23 24.97,16.38 23.37,19.9C22.24,22.4 19.75,24 17,24C14.3,24 11.83,22.44 10.67,20H1V18C1.06,16.86 1.84,15.93 3.34,15.18C4.84,14.43 6.72,14.04 9,14C9.57,14 10.11,14.05 10.63,14.1V14.1M9,4C10.12,4.03 11.06,4.42 11.81,5.17C12.56,5.92 12.93,6.86 12.93,8C12.93,9.14 12.56,10.08 11.81,10.83C11.06,11.58 10.12,11.95 9,11.95C7.88,11.95 6.94,11.58 6.19,10.83C5.44,10.08 5.07,9.14 5.07,8C5.07,6.86 5.44,5.92 6.19,5.17C6.94,4.42 7.88,4.03 9,4M17,22A5,5 0 0,0 22,17A5,5 0 0,0 17,12A5,5 0 0,0 12,17A5,5 0 0,0 17,22M16,14H17.5V16.82L19.94,18.23L19.19,19.53L16,17.69V14Z`,t=`M13 14H11V9H13M13 18H11V16H13M1 21H23L12 2L1 21Z`,n=`M13,13H11V7H13M13,17H11V15H13M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,r=`M11,15H13V17H11V15M11,7H13V13H11V7M12,2C6.47,2 2,6.5 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M12,20A8,8 0 0,1 4,12A8,8 0 0,1 12,4A8,8 0 0,1 20,12A8,8 0 0,1 12,20Z`,i=`M13 13H11V7H13M11 15H13V17H11M15.73 3H8.27L3 8.27V15.73L8.27 21H15.73L21 15.73V8.27L15.73 3Z`,a=`M12,2L1,21H23M12,6L19.53,19H4.47M11,10V14H13V10M11,16V18H13V16`,o=`M9,4H15V12H19.84L12,19.84L4.16,12H9V4Z`,s=`M15,20H9V12H4.16L12,4.16L19.84,12H15V20Z`,c=`M16.75 21.16L14 18.16L15.16 17L16.75 18.59L20.34 15L21.5 16.41L16.75 21.16M12 18C12 14.69 14.69 12 18 12V5.33C18 4.6 17.4 4 16.67 4H15V2H9V4H7.33C6.6 4 6 4.6 6 5.33V20.67C6 21.4 6.6 22 7.33 22H13.54C12.58 20.94 12 19.54 12 18Z`,l=`M12 2A2 2 0 0 0 10 4A2 2 0 0 0 10 4.29C7.12 5.14 5 7.82 5 11V17L3 19V20H21V19L19 17V11C19 7.82 16.88 5.14 14 4.29A2 2 0 0 0 14 4A2 2 0 0 0 12 2M12 6A5 5 0 0 1 17 11V18H7V11A5 5 0 0 1 12 6M21 7V13H23V7H21M21 15V17H23V15H21M10 21A2 2 0 0 0 12 23A2 2 0 0 0 14 21H10Z`,u=`M18.92 2C18.72 1.42 18.16 1 17.5 1H6.5C5.84 1 5.29 1.42 5.08 2L3 8V16C3 16.55 3.45 17 4 17H5C5.55 17 6 16.55 6 16V15H18V16C18 16.55 18.45 17 19 17H20C20.55 17 21 16.55 21 16V8L18.92 2M6.5 12C5.67 12 5 11.33 5 10.5S5.67 9 6.5 9 8 9.67 8 10.5 7.33 12 6.5 12M17.5 12C16.67 12 16 11.33 16 10.5S16.67 9 17.5 9 19 9.67 19 10.5 18.33 12 17.5 12M5 7L6.5 2.5H17.5L19 7H5M7 20H11V18L17 21H13V23L7 20Z`,d=`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.41 10.59L10 14.17L17.59 6.58L19 8L10 17Z`,f=`M7.41,8.58L12,13.17L16.59,8.58L18,10L12,16L6,10L7.41,8.58Z`,p=`M15.41,16.58L10.83,12L15.41,7.41L14,6L8,12L14,18L15.41,16.58Z`,m=`M8.59,16.58L13.17,12L8.59,7.41L10,6L16,12L10,18L8.59,16.58Z`,ee=`M19,6.41L17.59,5L12,10.59L6.41,5L5,6.41L10.59,12L5,17.59L6.41,19L12,13.41L17.59,19L19,17.59L13.41,12L19,6.41Z`,te=`M12,8A4,4 0 0,1 16,12A4,4 0 0,1 12,16A4,4 0 0,1 8,12A4,4 0 0,1 12,8M12,10A2,2 0 0,0 10,12A2,2 0 0,0 12,14A2,2 0 0,0 14,12A2,2 0 0,0 12,10M10,22C9.75,22 9.54,21.82 9.5,21.58L9.13,18.93C8.5,18.68 7.96,18.34 7.44,17.94L4.95,18.95C4.73,19.03 4.46,18.95 4.34,18.73L2.34,15.27C2.21,15.05 2.27,14.78 2.46,14.63L4.57,12.97L4.5,12L4.57,11L2.46,9.37C2.27,9.22 2.21,8.95 2.34,8.73L4.34,5.27C4.46,5.05 4.73,4.96 4.95,5.05L7.44,6.05C7.96,5.66 8.5,5.32 9.13,5.07L9.5,2.42C9.54,2.18 9.75,2 10,2H14C14.25,2 14.46,2.18 14.5,2.42L14.87,5.07C15.5,5.32 16.04,5.66 16.56,6.05L19.05,5.05C19.27,4.96 19.54,5.05 19.66,5.27L21.66,8.73C21.79,8.95 21.73,9.22 21.54,9.37L19.43,11L19.5,12L19.43,13L21.54,14.63C21.73,14.78 21.79,15.05 21.66,15.27L19.66,18.73C19.54,18.95 19.27,19.04 19.05,18.95L16.56,17.95C16.04,18.34 15.5,18.68 14.87,18.93L14.5,21.58C14.46,21.82 14.25,22 14,22H10M11.25,4L10.88,6.61C9.68,6.86 8.62,7.5 7.85,8.39L5.44,7.35L4.69,8.65L6.8,10.2C6.4,11.37 6.4,12.64 6.8,13.8L4.68,15.36L5.43,16.66L7.86,15.62C8.63,16.5 9.68,17.14 10.87,17.38L11.24,20H12.76L13.13,17.39C14.32,17.14 15.37,16.5 16.14,15.62L18.57,16.66L19.32,15.36L17.2,13.81C17.6,12.64 17.6,11.37 17.2,10.2L19.31,8.65L18.56,7.35L16.15,8.39C15.38,7.5 14.32,6.86 13.12,6.62L12.75,4H11.25Z`,ne=`M5,20H19V18H5M19,9H15V3H9V9H5L12,16L19,9Z`,re=`M1,11H3.17C3.58,9.83 4.69,9 6,9C6.65,9 7.25,9.21 7.74,9.56L14.44,4.87L15.58,6.5L8.89,11.2C8.96,11.45 9,11.72 9,12A3,3 0 0,1 6,15C4.69,15 3.58,14.17 3.17,13H1V11M23,11V13H20.83C20.42,14.17 19.31,15 18,15A3,3 0 0,1 15,12A3,3 0 0,1 18,9C19.31,9 20.42,9.83 20.83,11H23M6,11A1,1 0 0,0 5,12A1,1 0 0,0 6,13A1,1 0 0,0 7,12A1,1 0 0,0 6,11M18,11A1,1 0 0,0 17,12A1,1 0 0,0 18,13A1,1 0 0,0 19,12A1,1 0 0,0 18,11Z`,h=`M19.77,7.23L19.78,7.22L16.06,3.5L15,4.56L17.11,6.67C16.17,7.03 15.5,7.93 15.5,9A2.5,2.5 0 0,0 18,11.5C18.36,11.5 18.69,11.42 19,11.29V18.5A1,1 0 0,1 18,19.5A1,1 0 0,1 17,18.5V14A2,2 0 0,0 15,12H14V5A2,2 0 0,0 12,3H6A2,2 0 0,0 4,5V21H14V13.5H15.5V18.5A2.5,2.5 0 0,0 18,21A2.5,2.5 0 0,0 20.5,18.5V9C20.5,8.31 20.22,7.68 19.77,7.23M18,10A1,1 0 0,1 17,9A1,1 0 0,1 18,8A1,1 0 0,1 19,9A1,1 0 0,1 18,10M8,18V13.5H6L10,6V11H12L8,18Z`,ie=`M14.66 14.18C14.69 14.29 14.7 14.4 14.7 14.5C14.73 15.15 14.44 15.85 13.97 16.28C13.75 16.47 13.39 16.67 13.11 16.75C12.23 17.06 11.35 16.62 10.83 16.11C11.77 15.89 12.32 15.21 12.5 14.5C12.62 13.89 12.37 13.38 12.27 12.78C12.17 12.2 12.19 11.71 12.4 11.18C12.55 11.47 12.71 11.77 12.9 12C13.5 12.78 14.45 13.12 14.66 14.18M22 12C22 17.5 17.5 22 12 22S2 17.5 2 12 6.5 2 12 2 22 6.5 22 12M17.16 12.56L17.06 12.36C16.9 12 16.45 11.38 16.45 11.38C16.27 11.15 16.05 10.94 15.85 10.74C15.32 10.27 14.73 9.94 14.22 9.45C13.05 8.31 12.79 6.44 13.54 5C12.79 5.18 12.14 5.58 11.58 6.03C9.55 7.65 8.75 10.5 9.71 12.95C9.74 13.03 9.77 13.11 9.77 13.21C9.77 13.38 9.65 13.53 9.5 13.6C9.31 13.67 9.13 13.63 9 13.5C8.93 13.46 8.9 13.42 8.87 13.37C8 12.26 7.84 10.66 8.43 9.39C7.12 10.45 6.41 12.24 6.5 13.92C6.56 14.31 6.6 14.7 6.74 15.09C6.85 15.56 7.06 16 7.3 16.44C8.14 17.78 9.61 18.75 11.19 18.94C12.87 19.15 14.67 18.85 15.96 17.7C17.4 16.4 17.9 14.33 17.16 12.56Z`,ae=`M7,2V13H10V22L17,10H13L17,2H7Z`,oe=`M5,2V13H8V22L15,10H11L15,2M17,15H19V17H17V15M17,7H19V13H17V7Z`,se=`M5,19A1,1 0 0,0 6,20H18A1,1 0 0,0 19,19C19,18.79 18.93,18.59 18.82,18.43L13,8.35V4H11V8.35L5.18,18.43C5.07,18.59 5,18.79 5,19M6,22A3,3 0 0,1 3,19C3,18.4 3.18,17.84 3.5,17.37L9,7.81V6A1,1 0 0,1 8,5V4A2,2 0 0,1 10,2H14A2,2 0 0,1 16,4V5A1,1 0 0,1 15,6V7.81L20.5,17.37C20.82,17.84 21,18.4 21,19A3,3 0 0,1 18,22H6M13,16L14.34,14.66L16.27,18H7.73L10.39,13.39L13,16M12.5,12A0.5,0.5 0 0,1 13,12.5A0.5,0.5 0 0,1 12.5,13A0.5,0.5 0 0,1 12,12.5A0.5,0.5 0 0,1 12.5,12Z`,ce=`M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M12,4A8,8 0 0,1 20,12C20,14.4 19,16.5 17.3,18C15.9,16.7 14,16 12,16C10,16 8.2,16.7 6.7,18C5,16.5 4,14.4 4,12A8,8 0 0,1 12,4M14,5.89C13.62,5.9 13.26,6.15 13.1,6.54L11.81,9.77L11.71,10C11,10.13 10.41,10.6 10.14,11.26C9.73,12.29 10.23,13.45 11.26,13.86C12.29,14.27 13.45,13.77 13.86,12.74C14.12,12.08 14,11.32 13.57,10.76L13.67,10.5L14.96,7.29L14.97,7.26C15.17,6.75 14.92,6.17 14.41,5.96C14.28,5.91 14.15,5.89 14,5.89M10,6A1,1 0 0,0 9,7A1,1 0 0,0 10,8A1,1 0 0,0 11,7A1,1 0 0,0 10,6M7,9A1,1 0 0,0 6,10A1,1 0 0,0 7,11A1,1 0 0,0 8,10A1,1 0 0,0 7,9M17,9A1,1 0 0,0 16,10A1,1 0 0,0 17,11A1,1 0 0,0 18,10A1,1 0 0,0 17,9Z`,le=`M12,2A10,10 0 0,1 22,12A10,10 0 0,1 12,22A10,10 0 0,1 2,12A10,10 0 0,1 12,2M12,4A8,8 0 0,0 4,12C4,14.4 5,16.5 6.7,18C8.1,16.7 10,16 12,16C14,16 15.8,16.7 17.3,18C19,16.5 20,14.4 20,12A8,8 0 0,0 12,4M14,6A1,1 0 0,1 15,7A1,1 0 0,1 14,8A1,1 0 0,1 13,7A1,1 0 0,1 14,6M10,6A1,1 0 0,1 11,7A1,1 0 0,1 10,8A1,1 0 0,1 9,7A1,1 0 0,1 10,6M6.91,8.94C7.04,8.94 7.16,8.97 7.3,9L10.5,10.32L10.77,10.43C11.33,10 12.09,9.88 12.75,10.15C13.77,10.56 14.27,11.73 13.85,12.75C13.44,13.77 12.27,14.27 11.25,13.85C10.59,13.59 10.12,13 10,12.28L9.77,12.18L6.55,10.88L6.53,10.87C6,10.66 5.77,10.08 5.97,9.56C6.13,9.18 6.5,8.93 6.91,8.94V8.94M17,9A1,1 0 0,1 18,10A1,1 0 0,1 17,11A1,1 0 0,1 16,10A1,1 0 0,1 17,9Z`,ue=`M11,18H13V16H11V18M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M12,20C7.59,20 4,16.41 4,12C4,7.59 7.59,4 12,4C16.41,4 20,7.59 20,12C20,16.41 16.41,20 12,20M12,6A4,4 0 0,0 8,10H10A2,2 0 0,1 12,8A2,2 0 0,1 14,10C14,12 11,11.75 11,15H13C13,12.75 16,12.5 16,10A4,4 0 0,0 12,6Z`,de=`M14,12L10,8V11H2V13H10V16M20,18V6C20,4.89 19.1,4 18,4H6A2,2 0 0,0 4,6V9H6V6H18V18H6V15H4V18A2,2 0 0,0 6,20H18A2,2 0 0,0 20,18Z`,fe=`M4,1C2.89,1 2,1.89 2,3V7C2,8.11 2.89,9 4,9H1V11H13V9H10C11.11,9 12,8.11 12,7V3C12,1.89 11.11,1 10,1H4M4,3H10V7H4V3M14,13C12.89,13 12,13.89 12,15V19C12,20.11 12.89,21 14,21H11V23H23V21H20C21.11,21 22,20.11 22,19V15C22,13.89 21.11,13 20,13H14M3.88,13.46L2.46,14.88L4.59,17L2.46,19.12L3.88,20.54L6,18.41L8.12,20.54L9.54,19.12L7.41,17L9.54,14.88L8.12,13.46L6,15.59L3.88,13.46M14,15H20V19H14V15Z`,pe=`M10.59,13.41C11,13.8 11,14.44 10.59,14.83C10.2,15.22 9.56,15.22 9.17,14.83C7.22,12.88 7.22,9.71 9.17,7.76V7.76L12.71,4.22C14.66,2.27 17.83,2.27 19.78,4.22C21.73,6.17 21.73,9.34 19.78,11.29L18.29,12.78C18.3,11.96 18.17,11.14 17.89,10.36L18.36,9.88C19.54,8.71 19.54,6.81 18.36,5.64C17.19,4.46 15.29,4.46 14.12,5.64L10.59,9.17C9.41,10.34 9.41,12.24 10.59,13.41M13.41,9.17C13.8,8.78 14.44,8.78 14.83,9.17C16.78,11.12 16.78,14.29 14.83,16.24V16.24L11.29,19.78C9.34,21.73 6.17,21.73 4.22,19.78C2.27,17.83 2.27,14.66 4.22,12.71L5.71,11.22C5.7,12.04 5.83,12.86 6.11,13.65L5.64,14.12C4.46,15.29 4.46,17.19 5.64,18.36C6.81,19.54 8.71,19.54 9.88,18.36L13.41,14.83C14.59,13.66 14.59,11.76 13.41,10.59C13,10.2 13,9.56 13.41,9.17Z`,me=`M12,17C10.89,17 10,16.1 10,15C10,13.89 10.89,13 12,13A2,2 0 0,1 14,15A2,2 0 0,1 12,17M18,20V10H6V20H18M18,8A2,2 0 0,1 20,10V20A2,2 0 0,1 18,22H6C4.89,22 4,21.1 4,20V10C4,8.89 4.89,8 6,8H7V6A5,5 0 0,1 12,1A5,5 0 0,1 17,6V8H18M12,3A3,3 0 0,0 9,6V8H15V6A3,3 0 0,0 12,3Z`,he=`M9.5,3A6.5,6.5 0 0,1 16,9.5C16,11.11 15.41,12.59 14.44,13.73L14.71,14H15.5L20.5,19L19,20.5L14,15.5V14.71L13.73,14.44C12.59,15.41 11.11,16 9.5,16A6.5,6.5 0 0,1 3,9.5A6.5,6.5 0 0,1 9.5,3M9.5,5C7,5 5,7 5,9.5C5,12 7,14 9.5,14C12,14 14,12 14,9.5C14,7 12,5 9.5,5Z`,ge=`M21 11C21 6.03 16.97 2 12 2S3 6.03 3 11C3 14.92 5.5 18.24 9 19.5V22H11V19.94C11.33 20 11.66 20 12 20S12.67 20 13 19.94V22H15V19.5C18.5 18.24 21 14.92 21 11M12 18C8.14 18 5 14.86 5 11S8.14 4 12 4 19 7.14 19 11 15.86 18 12 18M8 7H16V9H8V7M12.75 10L9.75 13L11 14.25L9.75 15.5L11.25 17L14.25 14L13 12.75L14.25 11.5L12.75 10Z`,_e=`M14,19H18V5H14M6,19H10V5H6V19Z`,ve=`M8,5.14V19.14L19,12.14L8,5.14Z`,ye=`M19,13H13V19H11V13H5V11H11V5H13V11H19V13Z`,be=`M16 7V3H14V7H10V3H8V7C7 7 6 8 6 9V14.5L9.5 18V21H14.5V18L18 14.5V9C18 8 17 7 16 7M16 13.67L13.09 16.59L12.67 17H11.33L10.92 16.59L8 13.67V9.09C8 9.06 8.06 9 8.09 9H15.92C15.95 9 16 9.06 16 9.09V13.67Z`,xe=`M13,3H11V13H13V3M17.83,5.17L16.41,6.59C18.05,7.91 19,9.9 19,12A7,7 0 0,1 12,19C8.14,19 5,15.88 5,12C5,9.91 5.95,7.91 7.58,6.58L6.17,5.17C2.38,8.39 1.92,14.07 5.14,17.86C8.36,21.64 14.04,22.1 17.83,18.88C19.85,17.17 21,14.65 21,12C21,9.37 19.84,6.87 17.83,5.17Z`,Se=`M4,6V4H4.1C12.9,4 20,11.1 20,19.9V20H18V19.9C18,12.2 11.8,6 4,6M4,10V8A12,12 0 0,1 16,20H14A10,10 0 0,0 4,10M4,14V12A8,8 0 0,1 12,20H10A6,6 0 0,0 4,14M4,16A4,4 0 0,1 8,20H4V16Z`,Ce=`M12,17.27L18.18,21L16.54,13.97L22,9.24L14.81,8.62L12,2L9.19,8.62L2,9.24L7.45,13.97L5.82,21L12,17.27Z`,we=`M6.27 17.05C6.72 17.58 7 18.25 7 19C7 20.66 5.66 22 4 22S1 20.66 1 19 2.34 16 4 16C4.18 16 4.36 16 4.53 16.05L7.6 10.69L5.86 9.7L9.95 8.58L11.07 12.67L9.33 11.68L6.27 17.05M20 16C18.7 16 17.6 16.84 17.18 18H11V16L8 19L11 22V20H17.18C17.6 21.16 18.7 22 20 22C21.66 22 23 20.66 23 19S21.66 16 20 16M12 8C12.18 8 12.36 8 12.53 7.95L15.6 13.31L13.86 14.3L17.95 15.42L19.07 11.33L17.33 12.32L14.27 6.95C14.72 6.42 15 5.75 15 5C15 3.34 13.66 2 12 2S9 3.34 9 5 10.34 8 12 8Z`,Te=`M9,3L5,7H8V14H10V7H13M16,17V10H14V17H11L15,21L19,17H16Z`,Ee=`M6,2H18V8H18V8L14,12L18,16V16H18V22H6V16H6V16L10,12L6,8V8H6V2M16,16.5L12,12.5L8,16.5V20H16V16.5M12,11.5L16,7.5V4H8V7.5L12,11.5M10,6H14V6.75L12,8.75L10,6.75V6Z`,De=`M17 6H7C3.69 6 1 8.69 1 12S3.69 18 7 18H17C20.31 18 23 15.31 23 12S20.31 6 17 6M17 16H7C4.79 16 3 14.21 3 12S4.79 8 7 8H17C19.21 8 21 9.79 21 12S19.21 16 17 16M17 9C15.34 9 14 10.34 14 12S15.34 15 17 15 20 13.66 20 12 18.66 9 17 9Z`,Oe=`M5.18 5.45L3.4 4.55L4.66 2H13.13L14.4 4.55L12.62 5.44L11.9 4H5.9L5.18 5.45M15.5 8H11L10.2 5H7.6L6.81 8H2.28L1 10.55L2.79 11.44L3.5 10H14.28L15 11.45L16.79 10.56L15.5 8M14.67 22H12.6L12.36 21.1L8.9 15.9L5.43 21.1L5.2 22H3.13L6 11H8.09L7.73 12.35L8.9 14.1L10.06 12.35L9.71 11H11.78L14.67 22M8.3 15L7.4 13.65L6.22 18.13L8.3 15M11.58 18.12L10.4 13.64L9.5 15L11.58 18.12M23 16L19 12V15H15V17H19V20L23 16Z`,ke=`M12,20A6,6 0 0,1 6,14C6,10 12,3.25 12,3.25C12,3.25 18,10 18,14A6,6 0 0,1 12,20Z`,Ae=globalThis,je=Ae.ShadowRoot&&(Ae.ShadyCSS===void 0||Ae.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,Me=Symbol(),Ne=new WeakMap,Pe=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==Me)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(je&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=Ne.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&Ne.set(t,e))}return e}toString(){return this.cssText}},Fe=e=>new Pe(typeof e==`string`?e:e+``,void 0,Me),g=(e,...t)=>new Pe(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,Me),Ie=(e,t)=>{if(je)e.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let n of t){let t=document.createElement(`style`),r=Ae.litNonce;r!==void 0&&t.setAttribute(`nonce`,r),t.textContent=n.cssText,e.appendChild(t)}},Le=je?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return Fe(t)})(e):e,{is:Re,defineProperty:ze,getOwnPropertyDescriptor:Be,getOwnPropertyNames:Ve,getOwnPropertySymbols:He,getPrototypeOf:Ue}=Object,We=globalThis,Ge=We.trustedTypes,Ke=Ge?Ge.emptyScript:``,qe=We.reactiveElementPolyfillSupport,Je=(e,t)=>e,Ye={toAttribute(e,t){switch(t){case Boolean:e=e?Ke:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},Xe=(e,t)=>!Re(e,t),Ze={attribute:!0,type:String,converter:Ye,reflect:!1,useDefault:!1,hasChanged:Xe};Symbol.metadata??=Symbol(`metadata`),We.litPropertyMetadata??=new WeakMap;var Qe=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=Ze){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&ze(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=Be(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Ze}static _$Ei(){if(this.hasOwnProperty(Je(`elementProperties`)))return;let e=Ue(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(Je(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(Je(`properties`))){let e=this.properties,t=[...Ve(e),...He(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(Le(e))}else e!==void 0&&t.push(Le(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Ie(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?Ye:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?Ye:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??Xe)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};Qe.elementStyles=[],Qe.shadowRootOptions={mode:`open`},Qe[Je(`elementProperties`)]=new Map,Qe[Je(`finalized`)]=new Map,qe?.({ReactiveElement:Qe}),(We.reactiveElementVersions??=[]).push(`2.1.2`);var $e=globalThis,et=e=>e,tt=$e.trustedTypes,nt=tt?tt.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,rt=`$lit$`,it=`lit$${Math.random().toFixed(9).slice(2)}$`,at=`?`+it,ot=`<${at}>`,st=document,ct=()=>st.createComment(``),lt=e=>e===null||typeof e!=`object`&&typeof e!=`function`,ut=Array.isArray,dt=e=>ut(e)||typeof e?.[Symbol.iterator]==`function`,ft=`[ 	
\f\r]`,pt=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,mt=/-->/g,ht=/>/g,gt=RegExp(`>|${ft}(?:([^\\s"'>=/]+)(${ft}*=${ft}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),_t=/'/g,vt=/"/g,yt=/^(?:script|style|textarea|title)$/i,bt=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),_=bt(1),xt=bt(2),v=Symbol.for(`lit-noChange`),y=Symbol.for(`lit-nothing`),St=new WeakMap,Ct=st.createTreeWalker(st,129);function wt(e,t){if(!ut(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return nt===void 0?t:nt.createHTML(t)}var Tt=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=pt;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===pt?c[1]===`!--`?o=mt:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=gt):(yt.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=gt):o=ht:o===gt?c[0]===`>`?(o=i??pt,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?gt:c[3]===`"`?vt:_t):o===vt||o===_t?o=gt:o===mt||o===ht?o=pt:(o=gt,i=void 0);let d=o===gt&&e[t+1].startsWith(`/>`)?` `:``;a+=o===pt?n+ot:l>=0?(r.push(s),n.slice(0,l)+rt+n.slice(l)+it+d):n+it+(l===-2?t:d)}return[wt(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},Et=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=Tt(t,n);if(this.el=e.createElement(l,r),Ct.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=Ct.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(rt)){let t=u[o++],n=i.getAttribute(e).split(it),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?jt:r[1]===`?`?Mt:r[1]===`@`?Nt:At}),i.removeAttribute(e)}else e.startsWith(it)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(yt.test(i.tagName)){let e=i.textContent.split(it),t=e.length-1;if(t>0){i.textContent=tt?tt.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],ct()),Ct.nextNode(),c.push({type:2,index:++a});i.append(e[t],ct())}}}else if(i.nodeType===8){if(i.data===at)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(it,e+1))!==-1;)c.push({type:7,index:a}),e+=it.length-1}}a++}}static createElement(e,t){let n=st.createElement(`template`);return n.innerHTML=e,n}};function Dt(e,t,n=e,r){if(t===v)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=lt(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=Dt(e,i._$AS(e,t.values),i,r)),t}var Ot=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??st).importNode(t,!0);Ct.currentNode=r;let i=Ct.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new kt(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Pt(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=Ct.nextNode(),a++)}return Ct.currentNode=st,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},kt=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=y,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=Dt(this,e,t),lt(e)?e===y||e==null||e===``?(this._$AH!==y&&this._$AR(),this._$AH=y):e!==this._$AH&&e!==v&&this._(e):e._$litType$===void 0?e.nodeType===void 0?dt(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==y&&lt(this._$AH)?this._$AA.nextSibling.data=e:this.T(st.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=Et.createElement(wt(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new Ot(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=St.get(e.strings);return t===void 0&&St.set(e.strings,t=new Et(e)),t}k(t){ut(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(ct()),this.O(ct()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=et(e).nextSibling;et(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},At=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=y,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=y}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=Dt(this,e,t,0),a=!lt(e)||e!==this._$AH&&e!==v,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=Dt(this,r[n+o],t,o),s===v&&(s=this._$AH[o]),a||=!lt(s)||s!==this._$AH[o],s===y?e=y:e!==y&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===y?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},jt=class extends At{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===y?void 0:e}},Mt=class extends At{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==y)}},Nt=class extends At{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=Dt(this,e,t,0)??y)===v)return;let n=this._$AH,r=e===y&&n!==y||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==y&&(n===y||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Pt=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){Dt(this,e)}},Ft={M:rt,P:it,A:at,C:1,L:Tt,R:Ot,D:dt,V:Dt,I:kt,H:At,N:Mt,U:Nt,B:jt,F:Pt},It=$e.litHtmlPolyfillSupport;It?.(Et,kt),($e.litHtmlVersions??=[]).push(`3.3.3`);var Lt=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new kt(t.insertBefore(ct(),e),e,void 0,n??{})}return i._$AI(e),i},Rt=globalThis,b=class extends Qe{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Lt(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return v}};b._$litElement$=!0,b.finalized=!0,Rt.litElementHydrateSupport?.({LitElement:b});var zt=Rt.litElementPolyfillSupport;zt?.({LitElement:b}),(Rt.litElementVersions??=[]).push(`4.2.2`);var Bt={electricity:`Wh`,electricity_export:`Wh`,gas:`dm³`,gas_kwh:`Wh`,water:`dm³`};function Vt(e){return e==null?null:Number(e)}function Ht(e,t){let{kind:n,key:r,name:i,color:a}=e,o=e.none?null:e.id,s=t===`cost`;return{kind:n,id:o,name:i,color:a,...r===void 0?{}:{key:r},values:s?e.costs.map(Vt):e.energy,total:s?Vt(e.cost_total):e.energy_total}}function Ut(e,t){return{start:e.start,end:e.end,buckets:e.buckets,series:e.series.map(e=>Ht(e,t)),total:t===`cost`?Vt(e.cost_total):e.energy_total,partial:e.partial??[]}}function Wt(e,t=`cost`){let{fluid:n,currency:r,bucket:i,complete:a,recorded:o,compare:s}=e;return{...Ut(e,t),fluid:n,bucket:i,complete:a,costs:e,unit:t===`cost`?r:e.unit??Bt[n],...o?{recorded:o}:{},...s===void 0?{}:{compare:s&&Ut(s,t)}}}function Gt(e){return e&&`costs`in e?e.costs:void 0}function Kt(e){return new Map(e.series.map(({id:e,none:t,cost_total:n})=>[t?null:e,n]))}var qt=`#8a8f98`;function Jt({id:e,name:t,color:n}){return{key:`tariff:${e??`none`}`,id:e??null,name:t,color:n,total:null,previousTotal:null,values:[],previousValues:[]}}function Yt(e,t,n){let r=t.map(t=>{let n=e.rows.find(({id:e})=>e===t.id),{name:r,color:i}=t;return n?{...n,name:r,color:i}:Jt(t)}),i=e.rows.filter(({id:e})=>!r.some(t=>t.id===e)).map(e=>e.id===null?{...e,name:n(`bill.no_tariff`),color:qt}:e);return{...e,rows:[...r,...i]}}var x=`legrand_ews`,S=e=>e?{config_entry_id:e}:{};function Xt(e){return e.callWS({type:`${x}/sites`})}function Zt(e,t){return e.callWS({type:`${x}/site`,language:e.locale.language,...S(t)})}function Qt(e,t,n){return e.callWS({type:`${x}/get_consumption`,language:e.locale.language,...n,...S(t)})}function $t(e,t,n){return e.connection.subscribeMessage(n,{type:`${x}/subscribe_samples`,...S(t)},{resubscribe:!1})}function en(e,t,n){return e.connection.subscribeMessage(()=>void 0,{type:`${x}/watch`,devices:[...n],...S(t)})}function tn(e,t,n,r){return e.connection.subscribeMessage(r,{type:`${x}/values`,device:n,...S(t)},{resubscribe:!1})}function nn(e,t,n){return e.callWS({type:`${x}/get_harmonics`,device:n,...S(t)})}function rn(e,t,n){return e.callWS({type:`${x}/get_corrections`,devices:[n],...S(t)})}async function an(e,t){let{links:n}=await e.callWS({type:`${x}/get_links`,language:e.locale.language,...S(t)});return n}function on(e,t){return e.callWS({type:`${x}/export_links`,...S(t)})}function sn(e,t,n){return e.callWS({type:`${x}/datalogger`,language:e.locale.language,...n,...S(t)})}function cn(e,t,n,r){return e.connection.subscribeMessage(r,{type:`${x}/export_data`,...n,...S(t)},{resubscribe:!1})}var ln=3;function C(e,t,n){let{code:r,message:i,translation_domain:a,translation_key:o,...s}=typeof e==`object`&&e?e:{};if(r===ln)return n(`error.connection`);if(r===`unknown_command`)return n(`error.not_loaded`);if(typeof o==`string`){let e=typeof a==`string`?a:x,n=t.localize(`component.${e}.exceptions.${o}.message`,s.translation_placeholders);if(n)return n}return typeof i==`string`&&i?i:n(`error.unknown`)}function w(e,t=``){return _`<svg class="icon ${t}" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${e}></path>
  </svg>`}function T({path:e,title:t,text:n,action:r}){return _`<div class="message">
    ${w(e)}
    <h3>${t}</h3>
    ${n?_`<p>${n}</p>`:``}${r??``}
  </div>`}function E(e,t,n,i){return _`<div role="alert">
    ${T({path:r,title:n(`error.title`),text:C(e,t,n),action:_`<button class="tonal" @click=${i}>
        ${n(`error.retry`)}
      </button>`})}
  </div>`}var D=g`
  :host {
    --ews-space-1: var(--ha-space-1, 4px);
    --ews-space-2: var(--ha-space-2, 8px);
    --ews-space-3: var(--ha-space-3, 12px);
    --ews-space-4: var(--ha-space-4, 16px);
    --ews-space-6: var(--ha-space-6, 24px);
    --ews-radius: var(--ha-border-radius-lg, 12px);
    --ews-radius-small: var(--ha-border-radius-md, 8px);
    --ews-small: var(--ha-font-size-s, 12px);
    --ews-normal: var(--ha-font-size-m, 14px);
    --ews-large: var(--ha-font-size-l, 16px);
    --ews-medium-weight: var(--ha-font-weight-medium, 500);
    --ews-muted: var(--secondary-text-color);
    /* The theme's colour alone is too pale for letters on its own tint. */
    --ews-action: color-mix(
      in srgb,
      var(--primary-color) 66%,
      var(--primary-text-color)
    );
    --ews-track: color-mix(in srgb, var(--primary-text-color) 6%, transparent);
    --ews-track-strong: color-mix(in srgb, var(--primary-text-color) 12%, transparent);
    --ews-good: var(--success-color, #43a047);
    --ews-bad: var(--error-color, #db4437);
    --ews-warn: var(--warning-color, #ffa600);
    display: block;
    color: var(--primary-text-color);
    font-size: var(--ews-normal);
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
    -webkit-font-smoothing: var(--ha-font-smoothing, antialiased);
  }
  * {
    box-sizing: border-box;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  button:disabled {
    cursor: default;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
  :is(button, a, input):focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
  svg.icon {
    display: block;
    flex: none;
    width: var(--ews-icon, 20px);
    height: var(--ews-icon, 20px);
    fill: currentcolor;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    color: var(--ews-muted);
    transition: background-color 120ms;
  }
  .icon-button:hover:not(:disabled) {
    background: var(--ews-track);
    color: var(--primary-text-color);
  }
  .icon-button:disabled {
    opacity: 0.35;
  }
  .icon-button:dir(rtl) svg.turns {
    transform: scaleX(-1);
  }
  .tonal {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--ews-space-2);
    min-height: 36px;
    padding: 0 var(--ews-space-4);
    border-radius: var(--ha-border-radius-pill, 9999px);
    font-weight: var(--ews-medium-weight);
    color: var(--ews-action);
    background: color-mix(in srgb, var(--primary-color) 12%, transparent);
    transition: background-color 120ms;
  }
  .tonal:hover {
    background: color-mix(in srgb, var(--primary-color) 20%, transparent);
  }
  .bone {
    display: inline-block;
    border-radius: 6px;
    background: var(--ews-track-strong);
    animation: breathe 1.6s ease-in-out infinite;
  }
  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`,O=g`
  .message {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: var(--ews-space-2);
    padding: var(--ews-space-6) var(--ews-space-4);
    text-align: center;
    color: var(--ews-muted);
    --ews-icon: 40px;
  }
  .message h3 {
    margin: 0;
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
    color: var(--primary-text-color);
  }
  .message p {
    margin: 0 0 var(--ews-space-2);
    max-width: 46ch;
    text-wrap: balance;
  }
`,un=g`
  ha-card {
    display: block;
    overflow: hidden;
  }
  h2 {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ews-space-2);
    margin: 0;
    padding: var(--ews-space-3) var(--ews-space-4);
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
  }
  h2 svg {
    color: var(--ews-muted);
  }
  h2 small {
    color: var(--ews-muted);
    font-size: 13px;
    font-weight: normal;
  }
  ul,
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
`,dn=e=>[{unit:e,divisor:1},{unit:`k${e}`,divisor:1e3},{unit:`M${e}`,divisor:1e6},{unit:`G${e}`,divisor:1e9}],fn={Wh:dn(`Wh`),varh:dn(`varh`),VAh:dn(`VAh`),W:dn(`W`),var:dn(`var`),VA:dn(`VA`),"dm³":[{unit:`dm³`,divisor:1},{unit:`m³`,divisor:1e3}]},pn=4,mn=3;function hn(e,t=pn){let n=Math.abs(e);if(n===0)return 0;let r=n<1?1:Math.floor(Math.log10(n))+1;return Math.min(mn,Math.max(0,t-r))}function gn(e,t,n=pn){let r=fn[t];if(!r)return{unit:t,divisor:1};let i={unit:t,divisor:1};for(let t of r){if(t.divisor>1){let r=Math.abs(e)/i.divisor,a=i.divisor===1?0:hn(r,n);if(Number(r.toFixed(a))<t.divisor/i.divisor)break}i=t}return i}var _n={comma_decimal:`en-US`,decimal_comma:`de`,space_comma:`fr`,quote_decimal:`de-CH`};function vn(e){if(e.number_format!==`system`)return _n[e.number_format]??e.language}function k(e,t,n={}){return new Intl.NumberFormat(vn(t),{...n,...t.number_format===`none`?{useGrouping:!1}:{}}).format(e).replace(`-`,`−`)}function yn(e){return new Intl.NumberFormat(vn(e)).formatToParts(.5).find(({type:e})=>e===`decimal`)?.value??`.`}function bn(e){return/^[A-Z]{3}$/.test(e)}function xn(e,t,n,r={}){let i={style:`currency`,currency:t,...r},a=new Intl.NumberFormat(`en`,i).resolvedOptions(),o=Number(e.toFixed(a.maximumFractionDigits??2))===0;return k(e,n,{...i,...e!==0&&o?{maximumSignificantDigits:1}:{}})}function Sn(e,t,n,r={}){if(e==null)return`–`;let i=e,a={style:`currency`,currency:t,...r},o=new Intl.NumberFormat(`en`,a).format(i),s=/[1-9]/.test(e)&&!/[1-9]/.test(o);return k(i,n,{...a,...s?{maximumSignificantDigits:1}:{}})}var Cn=6;function wn(e,t,n){return Sn(e,t,n,{maximumFractionDigits:Cn})}function Tn(e,t){let n={style:`currency`,currency:e};return new Intl.NumberFormat(vn(t),n).formatToParts(0).find(({type:e})=>e===`currency`)?.value??e}function En(e,t,n,r,i=pn){if(bn(t))return{number:xn(e,t,n),unit:``};let a=r??gn(e,t,i),o=e/a.divisor,s=a.divisor===1?0:hn(o,i);return{number:k(o,n,{minimumFractionDigits:s,maximumFractionDigits:s}),unit:a.unit}}var Dn=`\xA0`;function A(e,t,n,r){if(e===null)return`–`;let i=En(e,t,n,r);return i.unit?`${i.number}${Dn}${i.unit}`:i.number}function On(e,t,n){if(bn(t))return e=>A(e,t,n);let r=Math.max(0,...e.map(e=>Math.abs(e??0))),i=gn(r/10,t),a=i.divisor===1?0:hn(r/i.divisor);return e=>{if(e===null)return`–`;let r=e/i.divisor,o=Number(r.toFixed(a))===0;return e!==0&&o?A(e,t,n):`${k(r,n,{minimumFractionDigits:a,maximumFractionDigits:a})}${Dn}${i.unit}`}}function kn(e,t){let n=Math.abs(e)>=10?0:1;return k(e,t,{style:`percent`,signDisplay:`exceptZero`,minimumFractionDigits:n,maximumFractionDigits:n})}var An=new Map;function jn(e){let t=An.get(e);return t||(t=new Intl.DateTimeFormat(`en-u-ca-gregory-nu-latn`,{timeZone:e,year:`numeric`,month:`numeric`,day:`numeric`,hour:`numeric`,minute:`numeric`,hourCycle:`h23`}),An.set(e,t)),t}function j(e,t){let n={year:0,month:0,day:0,hour:0,minute:0};for(let{type:r,value:i}of jn(t).formatToParts(e))r in n&&(n[r]=Number(i));return n}var Mn=e=>String(e).padStart(2,`0`);function M(e,t){let{year:n,month:r,day:i}=j(e,t);return`${String(n).padStart(4,`0`)}-${Mn(r)}-${Mn(i)}`}function N(e){return new Date(`${e}T12:00:00Z`)}function Nn(e,t){let{year:n,month:r,day:i,hour:a,minute:o}=j(e,t),s=Date.UTC(n,r-1,i,a,o),c=Math.round((s-e.getTime())/6e4),l=c<0?`−`:`+`,u=Math.abs(c),d=u%60?`:${Mn(u%60)}`:``;return`UTC${l}${Math.floor(u/60)}${d}`}var Pn=[`day`,`month`,`year`,`10_years`],Fn={day:10,month:7,year:4,"10_years":4},In={year:1,"10_years":10};function Ln(e,t,n){return t.slice(0,Fn[e])===n.slice(0,Fn[e])}function Rn(e,t,n){return{period:e,day:Ln(e,t,n)?null:t}}function zn(e,t){return String(e).padStart(t,`0`)}function P(e,t,n){let r=N(t);if(e===`day`)return r.setUTCDate(r.getUTCDate()+n),r.toISOString().slice(0,10);let i=n*12*(In[e]??1/12),a=r.getUTCFullYear()*12+r.getUTCMonth()+i;return`${zn(Math.floor(a/12),4)}-${zn(a%12+1,2)}-01`}function Bn(e,t,n){return t.slice(0,Fn[e])<n.slice(0,Fn[e])}function Vn(e,t,n,r){let{period:i}=e,a=P(i,e.day??n,t);if(!(t<0&&r!==void 0&&Bn(i,a,r)))return a>n&&!Ln(i,a,n)?i===`10_years`&&t>0&&e.day!==null||t<0?{period:i,day:null}:void 0:Rn(i,a,n)}function Hn(e,t,n){return e.day===null?{period:t,day:null}:Rn(t,e.day,n)}var Un={day:`day`,month:`month`,year:`year`};function Wn(e){return Un[e]}var Gn=/^\d{4}-\d{2}-\d{2}$/;function Kn(e){let t=e.get(`period`),n=Pn.find(e=>e===t)??`day`,r=e.get(`date`);return{period:n,day:r&&Gn.test(r)?r:null}}function qn(e){let[t=`0`,n=``]=e.split(`.`);return{digits:BigInt(t+n),decimals:n.length}}function Jn({digits:e,decimals:t}){let n=e<0n?`-`:``,r=String(e<0n?-e:e).padStart(t+1,`0`),i=r.slice(0,r.length-t),a=r.slice(r.length-t).replace(/0+$/,``);return n+i+(a&&`.${a}`)}function Yn(e){let t=null;for(let n of e){if(n==null)continue;let e=qn(n),r=t??{digits:0n,decimals:0},i=Math.max(e.decimals,r.decimals),a=({digits:e,decimals:t})=>e*10n**BigInt(i-t);t={digits:a(e)+a(r),decimals:i}}return t&&Jn(t)}function Xn({period:e,day:t},n){let r=t??n;switch(e){case`day`:return{period:`custom`,start:r,end:r};case`month`:{let e=P(`month`,r,1);return{period:`month`,date:t?P(`day`,e,-1):n}}case`year`:{let e=r.slice(0,4);return{period:`custom`,start:`${e}-01-01`,end:`${e}-12-31`}}default:return}}function Zn({lines:e,status:t,as_billed:n,now:r}){let i=[e,n?.lines??[],r?.lines??[]].flat();return t===`frozen`||i.some(({kind:e})=>e!==`energy`)}var Qn={energy:[`energy`],surcharges:[`tier`],fixed_costs:[`fee`,`capacity`],taxes:[`levy`,`tax`]},$n={energy:`energy_cost`,surcharges:`surcharges`,fixed_costs:`fixed_costs`,taxes:`taxes`},er=2,tr=({kind:e,tariff:t,name:n})=>JSON.stringify([e,t??n]);function nr(e){let t=new Map;for(let n of e){let e=n.line??n.now;if(!e)continue;let r=tr(e);t.set(r,[...t.get(r)??[],n])}return[...t].flatMap(([e,t])=>{if(t.length<=er)return t;let n=t.flatMap(({line:e})=>e??[]),r=t.flatMap(e=>e.now??[]);return[{key:e,name:(n[0]??r[0])?.name??null,pairs:t,amount:Yn(n.map(({amount:e})=>e))??`0`,amountNow:Yn(r.map(({amount:e})=>e))??void 0}]})}var rr=({kind:e,tariff:t,name:n,first_day:r})=>JSON.stringify([e,t??n,r]);function ir(e,t){let n=[...t];return[...e.map(e=>{let t=n.findIndex(t=>rr(t)===rr(e));return{line:e,now:t<0?void 0:n.splice(t,1)[0]}}),...n.map(e=>({line:void 0,now:e}))]}function ar(e,t){return Object.keys(Qn).map(n=>{let r=({kind:e})=>Qn[n].includes(e);return{section:n,subtotal:e[$n[n]],subtotalNow:t?.[$n[n]],pairs:ir(e.lines.filter(r),t?.lines.filter(r)??[])}}).filter(({pairs:e})=>e.length>0)}function or(e,t){return e.quantity===t.quantity&&e.price===t.price&&e.base===t.base}function sr(e,t){return t.filter(({fluid:t,first_day:n,last_day:r})=>t===e.fluid&&(n!==e.first_day||r!==e.last_day))}var cr=g`
  table {
    width: 100%;
    border-collapse: collapse;
  }
  :is(th, td) {
    padding: 10px var(--ews-space-2);
    border-bottom: 1px solid var(--divider-color);
    font-weight: normal;
    text-align: end;
    white-space: nowrap;
  }
  th:first-child {
    text-align: start;
    min-width: 5em;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  thead th {
    padding-block: var(--ews-space-1);
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .tariff {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
  }
  .tariff i {
    flex: none;
    width: 14px;
    height: 14px;
    border-radius: 5px;
  }
  .without {
    color: var(--ews-muted);
  }
  .money {
    font-weight: var(--ews-medium-weight);
  }
  .subtotal :is(th, td),
  tfoot :is(th, td) {
    font-weight: var(--ews-medium-weight);
  }
  tfoot :is(th, td) {
    border-bottom: 0;
  }
  .about {
    margin: 0;
    color: var(--ews-muted);
  }
  :host([full]) .body {
    grid-template-rows: none;
    align-content: start;
  }
  ha-card.rules {
    overflow: visible;
  }
  :is(ha-card.rules, legrand-ews-bill-sheet) {
    margin-top: var(--ews-space-4);
  }
  .rules h2 {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
  }
  .rules h2 svg {
    color: var(--ews-muted);
  }
  @container (max-width: 520px) {
    :is(th, td) {
      padding-inline: 4px;
    }
  }
`,lr=[`on`,`communication_error`,`failure`,`configuration`,`off`,`unknown`];function ur(e,t){if(!e.enabled)return`off`;if(e.model===null)return`configuration`;let n=e.status_entity?t[e.status_entity]?.state:void 0;return lr.find(e=>e===n)??`unknown`}var dr={on:`connected`,connected:`connected`,off:`unreachable`,communication_error:`unreachable`};function fr(e,t){if(!e.enabled)return`off`;let n=e.status_entity;return dr[n&&t[n]?.state||``]??`unknown`}var pr=[`recalled`,`assumed`];function mr(e){return e.provenance!==null&&pr.includes(e.provenance)}var hr=[`gateway`,`board`,`all`];function gr(e,t){return e.localeCompare(t,`en`,{numeric:!0})}function _r(e,t){return gr(e.address,t.address)||e.id-t.id}function vr(e,t){return e.board??t.gateways.find(t=>t.id===e.gateway)?.board??null}function yr(e,t,n){if(t===`gateway`)return e.gateways.map(t=>({key:`gateway:${t.id}`,gateway:t,devices:e.devices.filter(e=>e.gateway===t.id).sort(_r)}));if(t===`board`){let t=e.gateways.map(e=>e.id),n=(e,n)=>t.indexOf(e.gateway)-t.indexOf(n.gateway)||_r(e,n),r=t=>e.devices.filter(n=>vr(n,e)===t).sort(n),i=e.boards.map(e=>({key:`board:${e.id}`,board:e,devices:r(e.id)})),a=new Set(e.boards.map(e=>e.id)),o=e.devices.filter(t=>!a.has(vr(t,e))).sort(n);return o.length>0?[...i,{key:`board:none`,devices:o}]:i}let r=new Intl.Collator(n,{numeric:!0});return[{key:`all`,devices:[...e.devices].sort((e,t)=>r.compare(e.name,t.name))}]}var br=e=>e.normalize(`NFD`).replaceAll(/\p{Diacritic}/gu,``).toLowerCase(),xr=/^[\d-]{1,3}$/;function Sr(e,t,n){let r=br(n).split(/\s+/).filter(Boolean),i=t.loads.find(t=>t.id===e.load),a=br([e.name,e.address,e.printed,e.model,e.description,e.family_name,i?.name].join(` `)),o=new Set(a.split(/\s+/));return r.every(e=>xr.test(e)?o.has(e):a.includes(e))}function Cr(e,t,n,{search:r,status:i}){return r.trim()===``&&i===null?[...e]:e.map(e=>({...e,devices:e.devices.filter(e=>Sr(e,t,r)&&(i===null||ur(e,n)===i))})).filter(e=>e.devices.length>0)}function wr(e,t){let n=new Map;for(let r of e){let e=ur(r,t);n.set(e,(n.get(e)??0)+1)}return n}var Tr=[`management`,`live`,`details`,`sessions`];function Er(e){let t=new URLSearchParams(e).get(`page`);return Tr.find(e=>e===t)}var Dr={title:`Energy Web Server`,strategy:{description:`Panel boards and consumption of a site with metered loads.`},error:{title:`This could not be loaded`,retry:`Try again`,unknown:`Home Assistant did not say why.`,connection:`The connection to Home Assistant was lost.`,not_loaded:`The Energy Web Server integration is not running yet. It may still be starting, or it is not set up.`},board:{title:`My panel board`,description:`Devices by gateway or board with status and live values.`,group_by:`Group devices`,search:`Search devices`,clear_search:`Clear the search`,filter_by_status:`Filter by status`,devices:{one:`{count} device`,other:`{count} devices`},no_board:`Without a panel board`,all_devices:`All devices`,empty_title:`No devices yet`,empty_text:`Add your gateways and the devices behind them, and they appear here with their live values.`,empty_action:`Set up the site`,empty_section:`No devices here yet.`,nothing_found:`No device matches.`,show_all:`Show all devices`,no_model:`Model not chosen yet`,address:`Address {address}`,excluded:`Excluded from totals`,unverified:`Unverified register map`,unverified_recalled:`The register map of this device is written down from memory: no document at hand confirms it. Compare its values with the device’s own display before you rely on them.`,unverified_assumed:`No document describes this device’s register map: it is an assumption. Compare its values with the device’s own display before you rely on them.`,power:`Power`,energy:`Energy`,export:`Energy fed in`,volume:`Volume`,voltage:`Voltage`,current:`Current`,all_gateways:`All gateways`,all_boards:`All boards`,gateway:`Gateway`,board:`Board`},status:{on:`On`,off:`Off`,communication_error:`Communication error`,configuration:`To be configured`,unknown:`Unknown`,failure:`Station failure`},gateway_status:{connected:`Connected`,unreachable:`Not reachable`,off:`Disabled`,unknown:`Unknown`},consumption:{grand_total:`Grand total`,description:`Histogram by load for a day, month or year, beside the previous period.`,period:`Period`,fluid:`What is consumed`,day:`Day`,month:`Month`,year:`Year`,today:`Today`,this_month:`This month`,this_year:`This year`,yesterday:`Yesterday`,last_month:`Last month`,last_year:`Last year`,earlier:`Earlier period`,later:`Later period`,pick_date:`Pick a date`,difference:`Difference`,until:`until {moment}`,so_far:`so far`,whole_period:`whole period`,where_both:`where both have data`,no_comparison:`Nothing to compare`,empty:`No data for this period`,to_come:`This period has yet to come`,empty_hint:`The first values appear after the first recording interval.`,incomplete:`Some data of this period is missing or was recovered after a gap.`,missing:`No data`,running:`still running`,total:`Total`,loads:`Loads`,show_series:`Show {name} in the chart`,chart:`Histogram of {title}, {period}. Total {total}. Use the arrow keys to read the bars.`,table:`Values of the histogram, {period}`,time:`Time`,loading:`Loading`,"10_years":`10 years`,now:`Now`,open_hint:`Enter opens the period of a bar.`,touch_hint:`Touch again to open`,until_day:`until {moment}`},fluids:{electricity:`Electricity`,electricity_export:`Electricity fed in`,gas:`Gas`,gas_kwh:`Gas in kWh`,water:`Water`},loads:{none:`Without a load`,rest:`{name}, not measured further`},editor:{config_entry_id:`Site`,group_by:`Group devices`,title:`Title`,level:`Level`,by:`Split by`,fluid:`What is consumed (empty: let the reader choose)`,compare:`Compare with`,levels:{site:`Whole site`,load:`Loads`,group:`Measure groups`,board:`Panel boards`,device:`Devices`},compares:{none:`Nothing`,previous:`Previous period`,last_year:`Same period last year`},groupings:{gateway:`By gateway`,board:`By board`,all:`All`},device:`Number of the device`,mode:`View`,measure:`What is shown`,page:`Page shown first`},tools:{title:`Display`,table:`Show as a table`,chart:`Show as a chart`,download:`Download datalogger.csv`,full:`Full screen`,leave_full:`Leave full screen`},overall:{title:`Overall`,description:`Electricity, gas and water of the whole site: a table and a ring of loads each.`,caption:`Totals of the site, {period}`,ring:`{fluid} by load, {total} in all`,no_meters:`No meters yet`,fluids:`All fluids`,no_price:`No price yet`,ring_money:`Cost by fluid, {total} in all`},partials:{title:`Partials`,description:`Consumption of what is in a group and in a load at once.`,group:`Group`,load:`Load`,all_groups:`All groups`,all_loads:`All loads`},compare:{title:`Compare`,description:`Devices, loads, groups and the site side by side, in one period or in two.`,mode:`What is compared`,total:`Total`,details:`Details`,add:`Add an object`,chosen:`What is compared`,remove:`Remove {name}`,few:`Choose at least two objects, or a second period`,fluids:`These objects cannot be compared in quantity`,fluids_why:`They measure different fluids, such as electricity and gas, which only money can compare. Compare their cost, or choose objects of one fluid.`,difference:`{change} against {name}`,in_money:`Compare in money`,beside:`Second period`,besides:{none:`none`,previous:`the previous one`,last_year:`the same one last year`,other:`another one`},day:`A day in the other period`,energy_only:`Costs by tariff; fees and taxes are the whole site’s alone.`},details:{title:`Details`,description:`All values, states and commands of one device, and its consumption.`,device:`Device`,consumption:`Consumption`,nothing:`No device is in this group and this load`,all_loads:`All loads`,electricity:`Drawn`,electricity_export:`Fed in`},functions:{measure:`Measures`,state:`Shows a state`,command:`Can be commanded`,link:`Linked with another module`,priority:`Goes first in charging`},badges:{inputs:`Inputs: {on} of {all} on`,outputs:`Outputs: {on} of {all} on`},week_check:{ok:`Last week’s EN 50160 check: OK`,ko:`Last week’s EN 50160 check: not OK`,incomplete:`Last week’s EN 50160 check: incomplete`,none:`EN 50160 check: none yet`},pages:{energy:`Energy`,power:`Power`,network:`Voltage, current, frequency`,thd:`Total harmonic distortion`,harmonics:`Harmonics`,volume:`Volume`,state:`State`,inputs:`Inputs`,outputs:`Outputs`,station:`Charging station`,station_errors:`Station errors`,charge_errors:`Charge errors`,command:`Commands`},columns:{total:`Total`,l1:`L1`,l2:`L2`,l3:`L3`,n:`N`,l1_l2:`L1–L2`,l2_l3:`L2–L3`,l3_l1:`L3–L1`,average:`Average`,maximum:`Maximum`},matrix:{active_power:`Active`,reactive_power:`Reactive`,apparent_power:`Apparent`,power_factor:`Power factor`,power_factor_sector:`Sector`,voltage:`Voltage`,voltage_pairs:`Between phases`,current:`Current`,voltage_average:`Voltage, average`,voltage_minimum:`Voltage, lowest`,voltage_maximum:`Voltage, highest`,current_average:`Current, average`,current_maximum:`Current, highest`,thd_voltage:`Of the voltage`,thd_voltage_pairs:`Between phases`,thd_current:`Of the current`,active_energy_import:`Active drawn`,active_energy_export:`Active fed in`,reactive_energy_import:`Reactive drawn`,reactive_energy_export:`Reactive fed in`},sectors:{unity:`1`,inductive:`ind.`,capacitive:`cap.`},device:{on:`On`,off:`Off`,problem:`Problem`,no_problem:`OK`,yes:`Yes`,no:`No`,previous_page:`Previous page`,next_page:`Next page`,settings:`Settings`,waiting:`These commands do not exist yet: the device’s register map is not confirmed. Compare its values and states with the device itself, then confirm the map in the device’s form.`,waiting_action:`Confirm the map`,disabled:`These commands are disabled in Home Assistant. Enable them on the device’s page.`,disabled_action:`Open the device’s page`,ask_admin:`An administrator can do that.`,set_up:`Device page and settings`,turn_on:`Turn on: {name}`,turn_off:`Turn off: {name}`,run:`Run`,write:`Write`,consent:`The order goes to the device “{device}” at once. Make sure that nobody is in danger.`,cancel:`Cancel`,do_it:`Do it`,harmonics_of:`Of`,read_again:`Read again`,rank:`Rank`,provenance:`Where the knowledge of the registers comes from`,confirmed:`checked on this device by the user`,disabled_settings:`Normal state, mode and ON time can be set once their entities are enabled.`},corrections:{title:`Corrections of counters: {count}`,booked:`{amount} booked`,kinds:{roll_over:`Rolled over`,reset:`Began anew`,exchange:`Meter exchanged`,rejected:`Reading rejected`,stuck:`Stands still although power flows`,resumed:`Counts again`}},links:{title:`Links`,description:`Links between modules that work without the server.`,about:`They work without the server and are programmed with the maker’s software. What stands here is what you have recorded of them.`,event:`Event module`,action:`Action module`,gone:`Device {device}, deleted`,none:`No links recorded`,none_hint:`Record them in the settings of the site.`,export:`Download the list`},download:{costs:`With costs`,title:`Data download`,description:`Recorded data as files: energy of devices, groups or loads.`,about:`Recorded energy, gas and water as files for a spreadsheet, packed into reportdata.zip.`,kind:`What the files are about`,device:`Devices`,group:`Groups`,load:`Loads`,start:`From`,end:`To`,rate:`One row`,which:`Which`,all:`All of them`,nothing:`There is nothing of this kind yet.`,backwards:`The first day comes after the last one.`,begin:`Make the files`,files:`{count} files`,rates:{sample:`as recorded`,"15min":`every 15 minutes`,hour:`an hour`,day:`a day`,week:`a week`,month:`a month`}},bill:{title:`Bill of consumptions`,description:`What each fluid costs by tariff, with its cost rules.`,caption:`Cost by tariff, {period}`,tariff:`Tariff`,energy:`Energy`,volume:`Volume`,cost:`Cost`,share:`Share`,fixed_costs:`Fixed costs`,taxes:`Taxes and levies`,no_tariff:`Without a tariff`,rules:`Cost rules`,tariffs:`Tariffs`,about:`At every minute the first rule from the top that is true sets the tariff: put exceptions first.`,about_ews:`The first rule from the top that is true sets the tariff until its time frame ends: put exceptions first.`,order:`No.`,dates:`Dates`,frame:`Time frame`,weekdays:`Weekdays`,price:`Price now`,actions:`Actions`,now:`applies now`,drag:`Drag to change the order`,move_up:`Move rule {number} ({tariff}) up`,move_down:`Move rule {number} ({tariff}) down`,edit_rule:`Edit rule {number} ({tariff})`,remove_rule:`Delete rule {number} ({tariff})`,edit_tariff:`Edit the tariff {name}`,moved:`The rule is now number {number} of {count}.`,hidden:`Never applies: rule {rules} always comes first.`,never:`Never applies: its dates and weekdays do not meet.`,every_day:`Every day`,all_day:`All day`,overnight:`{from} – {to} the next day`,since:`From {day}`,until:`Until {day}`,always:`Always`,yearly:`{dates}, every year`,add_rule:`Add a rule`,change_rule:`Cost rule`,add_tariff:`Add a tariff`,change_tariff:`Tariff and prices`,add_price:`Add a dated price`,remove_tariff:`Delete the tariff and its rules`,name_missing:`Give the tariff a name.`,take:`OK`,standard:`Standard`,dated:`{count} dated prices`,gaps:`No rule applies, and nothing is charged: {times}.`,more:`{count} more`,preview:`Which tariff applies when`,week:`Week`,week_before:`Week before`,week_after:`Week after`,week_hint:`Point at or tap a strip to see its tariff and price.`,year:`Year {year}`,year_hint:`Each field is a day, from midnight at the top to midnight at the bottom; tap one to see its week.`,hours:`Hours of each tariff by month, {year}`,month:`Month`,unsaved:`Unsaved changes`,saving:`Saving…`,saved:`The changes are saved.`,save:`Save`,discard:`Discard`,computing:`Computing the difference …`,difference:`Costs so far change by {amount}.`,no_difference:`Costs so far do not change.`,counts:`Counts`,since_none:`from today`,since_from:`from a day on`,since_all:`since ever`,has_gaps:`At some times no rule applies.`,has_unreachable:`Never applies: rule {rules}.`,empty:`No tariffs yet`,empty_text:`One price is enough to begin with: it applies always, to the recorded past as well if you like. Peak hours, weekends and holidays can follow.`,empty_reader:`An administrator can set a price.`,empty_action:`Set one price`,settings:`Settings of the integration`,frame_text:`{from} – {to}`,of:{electricity:`Tariffs of electricity`,electricity_export:`Tariffs of electricity fed in`,gas:`Tariffs of gas`,water:`Tariffs of water`},form:{tariff:`Tariff`,from:`From`,to:`To (that minute included)`,weekdays:`Weekdays`,start_date:`First day`,end_date:`Last day`,repeat_yearly:`Repeat every year`,name:`Name`,color:`Color`,price:`Price`,valid_from:`Valid from`,price_source:`Price from an entity`},help:{to:`Before the start: the next day.`,repeat_yearly:`Day and month of the dates count in every year.`,start_date:`Empty: always.`,end_date:`Empty: always.`,valid_from:`Empty: ever since.`,price_source:`For prices that change by themselves; the prices above count where it says none.`},revenue:`Revenue`,surcharges:`Tiers`,subtotal:`Consumption`,dynamic:`dynamic`,no_price:`–`,mode:`Rules are read`,modes:{continuous:`minute by minute`,ews:`to the end of a time frame`},differs:`Read minute by minute, other rules would apply at times, first on {moment}.`,energy_only:`By tariff, this is what the energy costs; fees, tiers, levies and taxes are on the bill.`,beside:`Beside the energy`,beside_text:`Fees, levies, tiers, capacity and taxes are set in the integration: Configure → Tariffs and costs.`,beside_none:`Fees, levies, tiers, capacity and taxes can be set in the integration: Configure → Tariffs and costs.`,beside_link:`Go there`,a_day:`{price} a day`,a_month:`{price} a month`,outdated:`Somebody else has changed these tariffs meanwhile. Show the new ones, or replace them by yours?`,take_theirs:`Show the new ones`,keep_mine:`Keep mine`,sheet:{title:`Bill`,credit:`Credit`,caption:`Bill line by line, {days}`,position:`Item`,as_billed:`As billed`,now:`Now`,day:{one:`{count} day`,other:`{count} days`},month:{one:`{count} month`,other:`{count} months`},percent:`{percent}% of {base}`,many_prices:`{quantity} at changing prices`,peak:`Highest power: {moment}`,assumed:`Partly at an assumed price: its source did not tell one.`,running:`This period is not over: what is still to come is not in the bill.`,frozen:`Frozen on {date}: the bill stays as it was.`,differs:`With what is known today the bill would be different.`,overlaps:`Parts of this period are frozen already, so it cannot be frozen as a whole: {days}.`,rounding:`Every line is rounded for display only; the total is of the exact amounts.`,freeze:`Freeze this bill`,freeze_title:`Freeze the bill of {days}?`,freeze_text:`The bill is kept as it is now, and its days keep their tariffs and rules: later changes no longer affect it. An administrator can open it again.`,incomplete:`Some measurements of this period are missing. What arrives later is not in the frozen bill.`,reopen:`Open again`,reopen_title:`Open the bill of {days} again?`,reopen_text:`What was kept is forgotten, and the bill is made anew from the measurements and tariffs of today. It may come to something else.`,is_frozen:`The bill is frozen.`,is_open:`The bill is open again.`,now_text:`Now: {text}`,lines:`{count} lines`}},tariffs:{title:`Tariffs`,description:`Cost by tariff: a ring of the whole site, or a device’s histogram.`,mode:`View`,total:`Total`,details:`Details`,ring:`Cost by tariff, {period}, {total} in all`,tick:`Tariffs shown`,all_devices:`All devices`,measure:`What the bars show`,cost:`Cost`,energy:`Quantity`},measures:{title:`What is shown`,quantity:`Quantity`,money:`Money`},greenup:{title:`Green'Up`,description:`Charging stations: zones, queue, Start / Wait, priority, session log.`,page:`Page`,pages:{management:`Management`,live:`Live`,details:`Details`,sessions:`Session log`},by:{priority:`By priority`,group:`By group`,all:`All`},list_by:`Order of the list`,section_priority:`Priority`,section_normal:`Normal`,no_group:`Without a group`,all_stations:`All stations`,no_stations:`No charging stations`,station:`Station`,circuit:`Circuit`,building:`Building`,phase:`L{phase}`,zones:{green:`Green`,yellow:`Yellow`,red:`Red`,unknown:`Unknown`},zones_mean:{green:`Vehicles that charge go on; new ones may start.`,yellow:`Vehicles that charge go on; new ones wait until it is green again.`,red:`No new vehicle starts; charging currents are reduced, then vehicles wait.`},zone_is:`Zone: {zone}`,zones_title:`Zones`,charging_current:`available for charging: {current}`,maximum_current:`available in all: {current}`,hysteresis:`hysteresis of {percent} %: a zone is left downwards only below it`,room:`{current} left`,not_measured:`no value`,no_meter:`No meter: the currents of its stations are added up`,meter_lost:`“{name}” is silent.`,meter_lost_means:`Nothing starts and no current is raised until it answers again; after a while, charging vehicles fall back to a safe current.`,waiting_at:`Waits, no. {place} in the queue`,states:{available:`Available`,charging:`Charging`,starting:`May charge`,waiting:`Waits`,held:`Waits on request`,suspended:`Paused by the vehicle`,finished:`Charged`,connected:`Plugged in`,fault:`Failure`,lost:`Not reachable`,off:`Off`,unknown:`Unknown`},levels:{first:`first step`,second:`second step`,minimum:`minimum`},rated_three:`{current}, three-phase`,rated_one:`{current}, phase L{phase}`,drawn_of_limit:`Drawn, and the limit`,guarantee:`Guaranteed quantity`,guarantee_of:`of {charge} guaranteed`,guarantee_reached:`· {charge} guarantee fulfilled`,start:`Start`,wait:`Wait`,normal:`Normal`,priority:`Priority`,is_priority:`Goes first in charging`,process_of:`Charging at {name}, this vehicle only`,priority_of:`Priority at {name}, this vehicle only`,process_only:`Start / Wait and Normal / Priority count for the vehicle that is plugged in now. When it leaves, the station’s own settings hold again.`,not_managed:`Not managed: this station charges as it likes.`,queue:`Queue`,nobody_waits:`No vehicle waits.`,currents:`Vehicles`,nobody_charges:`No vehicle is plugged in.`,drawn:`Drawn`,limit:`Limit`,course:`The last two hours`,course_is:`Load per phase, zones, limits of the stations and waiting vehicles of {name}, the last {minutes} minutes. Use the arrow keys to read it minute by minute.`,titles:{load:`Load by phase, in A`,zones:`Zones`,processes:`Vehicles: what they may draw, or that they wait`,stations:`Limit of the station and current drawn, in A`,queue:`Waiting vehicles`},load_of:`load {phase}`,course_granted:`May charge (height: its limit)`,events:`What happened, and why`,no_events:`Nothing has happened since {time}.`,empty_title:`The load management is not set up`,empty_text:`Tell which meter measures the building and how much current there is: vehicles then charge as fast as the building allows, and its main fuse holds. Until then the stations charge as they like.`,empty_stations:`Add your Green'Up stations as devices or chargers of other integrations, then tell which meter measures the building and how much current there is: vehicles then charge as fast as the building allows, and its main fuse holds.`,set_up:`Set it up`,settings:`Settings`,off_title:`The load management is switched off.`,off_text:`Stations charge at their rated current, and nothing keeps the building below its limit.`,sessions:`Session log`,days_7:`7 days`,days_31:`31 days`,days_366:`A year`,plugged_in:`Plugged in`,duration:`Duration`,end:`End`,no_sessions:`No sessions in this time`,no_sessions_hint:`A session is written down when the vehicle is unplugged.`,download_sessions:`Download as a CSV file`,other_make:`A charger of another integration.`,about:{station:`Station`,charge:`Charge`,about:`About`,status:`Status`,managed:`Managed`,in_error:`In error`,error:`Error`,default_priority:`Priority by default`,state:`State`,priority:`Priority of this process`,charge_ah:`Charge of a phase`,rated:`Rated current`,minimum:`Lowest current`,phases:`Phases`,make:`Manufacturer`,model:`Model`,firmware:`Firmware`,hardware:`Hardware`,serial:`Serial number`},ends:{running:`still plugged in`,finished:`Charged`,unplugged:`Unplugged while charging`,waiting:`Unplugged while waiting`,held:`Unplugged while it was to wait`,fault:`Failure`,unseen:`Not seen`},charge:`Charge`,over:`{current} too much`,departure:`Leaves {time} with {energy}.`,load_management:`Load management`,switch_off_title:`Switch the load management off?`,switch_off_text:`Stations then charge at their rated current, and nothing keeps the building below its limit: its main fuse may trip.`,switch_off_stations:`Vehicles are plugged in at: {names}.`,switch_off:`Switch off`,departure_button:`Departure`,departure_of:`Departure from {name}`,departure_means:`Counts for the vehicle that is plugged in now. It charges when the sun shines or the price is lowest, as far as the station may, and at once when time is getting short.`,departure_label:{day:`Leaves on`,time:`At`,energy:`Energy wanted`},departure_help:{energy:`In this charge as a whole; what it has already received counts.`},departure_take:`Save`,departure_back:`Take the departure back`,departure_missing:`Say when the vehicle leaves, and how much energy it is to get.`,meter_gone:`Its meter no longer exists`,wrong_title:`Nothing is managed.`,wrong_text:`The settings of the load management contradict each other, and stations charge as they like.`}},Or={en:Dr,fr:{title:`Energy Web Server`,strategy:{description:`Tableaux électriques et consommations d’un site équipé de compteurs.`},error:{title:`Chargement impossible`,retry:`Réessayer`,unknown:`Home Assistant n’a pas indiqué la cause.`,connection:`La connexion à Home Assistant a été perdue.`,not_loaded:`L’intégration Energy Web Server n’est pas en service. Elle est peut-être en cours de démarrage, ou n’est pas configurée.`},board:{title:`Mon tableau`,description:`Appareils par passerelle ou par tableau, avec leur état et leurs mesures en direct.`,group_by:`Regrouper les appareils`,search:`Rechercher un appareil`,clear_search:`Effacer la recherche`,filter_by_status:`Filtrer par état`,devices:{one:`{count} appareil`,other:`{count} appareils`},no_board:`Sans tableau`,all_devices:`Tous les appareils`,empty_title:`Aucun appareil pour l’instant`,empty_text:`Ajoutez vos passerelles et les appareils qui y sont raccordés\xA0: ils apparaîtront ici avec leurs mesures en direct.`,empty_action:`Configurer le site`,empty_section:`Aucun appareil ici pour l’instant.`,nothing_found:`Aucun appareil ne correspond.`,show_all:`Afficher tous les appareils`,no_model:`Modèle à choisir`,address:`Adresse {address}`,excluded:`Exclu des totaux`,unverified:`Table de registres non vérifiée`,unverified_recalled:`La table de registres de cet appareil est notée de mémoire\xA0: aucun document disponible ne la confirme. Comparez ses valeurs avec l’afficheur de l’appareil avant de vous y fier.`,unverified_assumed:`Aucun document ne décrit la table de registres de cet appareil\xA0: c’est une supposition. Comparez ses valeurs avec l’afficheur de l’appareil avant de vous y fier.`,power:`Puissance`,energy:`Énergie`,export:`Énergie injectée`,volume:`Volume`,voltage:`Tension`,current:`Courant`,all_gateways:`Toutes les passerelles`,all_boards:`Tous les tableaux`,gateway:`Passerelle`,board:`Tableau`},status:{on:`En service`,off:`Hors service`,communication_error:`Erreur de communication`,configuration:`À configurer`,unknown:`Inconnu`,failure:`Défaut de la borne`},gateway_status:{connected:`Connectée`,unreachable:`Injoignable`,off:`Désactivée`,unknown:`État inconnu`},consumption:{grand_total:`Total général`,description:`Histogramme par usage sur un jour, un mois ou une année, à côté de la période précédente.`,period:`Période`,fluid:`Énergie ou fluide`,day:`Jour`,month:`Mois`,year:`Année`,today:`Aujourd’hui`,this_month:`Ce mois-ci`,this_year:`Cette année`,yesterday:`Hier`,last_month:`Mois dernier`,last_year:`Année dernière`,earlier:`Reculer d’une période`,later:`Avancer d’une période`,pick_date:`Choisir une date`,difference:`Écart`,until:`jusqu’à {moment}`,so_far:`jusqu’à présent`,whole_period:`période entière`,where_both:`là où les deux ont des données`,no_comparison:`Rien à comparer`,empty:`Aucune donnée pour cette période`,to_come:`Cette période n’a pas encore commencé`,empty_hint:`Les premières valeurs apparaissent après le premier intervalle d’enregistrement.`,incomplete:`Certaines données de cette période manquent ou ont été rattrapées après une interruption.`,missing:`Aucune donnée`,running:`en cours`,total:`Total`,loads:`Usages`,show_series:`Afficher {name} dans le graphique`,chart:`Histogramme\xA0: {title}, {period}. Total {total}. Les touches fléchées parcourent les barres.`,table:`Valeurs de l’histogramme, {period}`,time:`Heure ou date`,loading:`Chargement`,"10_years":`10 ans`,now:`Maintenant`,open_hint:`Entrée ouvre la période d’une barre.`,touch_hint:`Touchez encore pour ouvrir`,until_day:`jusqu’au {moment}`},fluids:{electricity:`Électricité`,electricity_export:`Électricité injectée`,gas:`Gaz`,gas_kwh:`Gaz en kWh`,water:`Eau`},loads:{none:`Sans usage`,rest:`{name}, reste non mesuré`},editor:{config_entry_id:`Site`,group_by:`Regrouper les appareils`,title:`Titre`,level:`Niveau`,by:`Répartir par`,fluid:`Énergie ou fluide (vide\xA0: le lecteur choisit)`,compare:`Comparer avec`,levels:{site:`Site entier`,load:`Usages`,group:`Groupes de mesure`,board:`Tableaux`,device:`Appareils`},compares:{none:`Rien`,previous:`Période précédente`,last_year:`Même période de l’année dernière`},groupings:{gateway:`Par passerelle`,board:`Par tableau`,all:`Tous`},device:`Numéro de l’appareil`,mode:`Vue`,measure:`Ce qui est affiché`,page:`Page affichée d’abord`},tools:{title:`Affichage`,table:`Afficher en tableau`,chart:`Afficher en graphique`,download:`Télécharger datalogger.csv`,full:`Plein écran`,leave_full:`Quitter le plein écran`},overall:{title:`Global`,description:`Électricité, gaz et eau de tout le site\xA0: un tableau et un anneau par usage.`,caption:`Totaux du site, {period}`,ring:`{fluid} par usage, {total} au total`,no_meters:`Pas encore de compteur`,fluids:`Tous les fluides`,no_price:`Pas encore de prix`,ring_money:`Coût par fluide, {total} au total`},partials:{title:`Partiels`,description:`Consommation de ce qui appartient à la fois à un groupe et à un usage.`,group:`Groupe`,load:`Usage`,all_groups:`Tous les groupes`,all_loads:`Tous les usages`},compare:{title:`Comparer`,description:`Appareils, usages, groupes et site côte à côte, sur une ou deux périodes.`,mode:`Ce qui est comparé`,total:`Total`,details:`Détails`,add:`Ajouter un objet`,chosen:`Objets comparés`,remove:`Retirer {name}`,few:`Choisissez au moins deux objets, ou une seconde période`,fluids:`Ces objets ne se comparent pas en quantité`,fluids_why:`Ils mesurent des fluides différents, par exemple l’électricité et le gaz, que seul le coût permet de comparer. Comparez leur coût, ou choisissez des objets d’un même fluide.`,difference:`{change} par rapport à {name}`,in_money:`Comparer les coûts`,beside:`Seconde période`,besides:{none:`aucune`,previous:`la précédente`,last_year:`la même l’an dernier`,other:`une autre`},day:`Un jour de l’autre période`,energy_only:`Coûts par tarif\xA0; les abonnements et taxes ne concernent que le site entier.`},details:{title:`Détails`,description:`Toutes les valeurs, états et commandes d’un appareil, et sa consommation.`,device:`Appareil`,consumption:`Consommation`,nothing:`Aucun appareil n’appartient à ce groupe et à cet usage`,all_loads:`Tous les usages`,electricity:`Soutirée`,electricity_export:`Injectée`},functions:{measure:`Mesure`,state:`Indique un état`,command:`Peut être commandé`,link:`Lié à un autre module`,priority:`Prioritaire pour la charge`},badges:{inputs:`Entrées\xA0: {on} sur {all} actives`,outputs:`Sorties\xA0: {on} sur {all} actives`},week_check:{ok:`Contrôle EN 50160 de la semaine dernière\xA0: conforme`,ko:`Contrôle EN 50160 de la semaine dernière\xA0: non conforme`,incomplete:`Contrôle EN 50160 de la semaine dernière\xA0: incomplet`,none:`Contrôle EN 50160\xA0: aucun pour l’instant`},pages:{energy:`Énergie`,power:`Puissance`,network:`Tension, courant, fréquence`,thd:`Taux de distorsion harmonique`,harmonics:`Harmoniques`,volume:`Volume`,state:`État`,inputs:`Entrées`,outputs:`Sorties`,station:`Borne de charge`,station_errors:`Erreurs de la borne`,charge_errors:`Erreurs de charge`,command:`Commandes`},columns:{total:`Total`,l1:`L1`,l2:`L2`,l3:`L3`,n:`N`,l1_l2:`L1–L2`,l2_l3:`L2–L3`,l3_l1:`L3–L1`,average:`Moyenne`,maximum:`Maximum`},matrix:{active_power:`Active`,reactive_power:`Réactive`,apparent_power:`Apparente`,power_factor:`Facteur de puissance`,power_factor_sector:`Secteur`,voltage:`Tension`,voltage_pairs:`Entre phases`,current:`Courant`,voltage_average:`Tension moyenne`,voltage_minimum:`Tension minimale`,voltage_maximum:`Tension maximale`,current_average:`Courant moyen`,current_maximum:`Courant maximal`,thd_voltage:`De la tension`,thd_voltage_pairs:`Entre phases`,thd_current:`Du courant`,active_energy_import:`Active soutirée`,active_energy_export:`Active injectée`,reactive_energy_import:`Réactive soutirée`,reactive_energy_export:`Réactive injectée`},sectors:{unity:`1`,inductive:`ind.`,capacitive:`cap.`},device:{on:`Activé`,off:`Désactivé`,problem:`Problème`,no_problem:`OK`,yes:`Oui`,no:`Non`,previous_page:`Page précédente`,next_page:`Page suivante`,settings:`Réglages`,waiting:`Ces commandes n’existent pas encore\xA0: la table de registres de l’appareil n’est pas confirmée. Comparez ses valeurs et ses états avec l’appareil lui-même, puis confirmez la table dans le formulaire de l’appareil.`,waiting_action:`Confirmer la table`,disabled:`Ces commandes sont désactivées dans Home Assistant. Activez-les sur la page de l’appareil.`,disabled_action:`Ouvrir la page de l’appareil`,ask_admin:`Un administrateur peut le faire.`,set_up:`Page et réglages de l’appareil`,turn_on:`Activer\xA0: {name}`,turn_off:`Désactiver\xA0: {name}`,run:`Exécuter`,write:`Écrire`,consent:`L’ordre part aussitôt vers l’appareil «\xA0{device}\xA0». Assurez-vous que personne n’est en danger.`,cancel:`Annuler`,do_it:`Confirmer`,harmonics_of:`De`,read_again:`Relire`,rank:`Rang`,provenance:`D’où vient la connaissance des registres`,confirmed:`contrôlée sur cet appareil par l’utilisateur`,disabled_settings:`L’état normal, le mode et la durée d’activation se règlent dès que leurs entités sont activées.`},corrections:{title:`Corrections des compteurs\xA0: {count}`,booked:`{amount} comptabilisés`,kinds:{roll_over:`Passage par zéro`,reset:`Remise à zéro`,exchange:`Compteur remplacé`,rejected:`Lecture rejetée`,stuck:`Immobile alors que de la puissance circule`,resumed:`Compte de nouveau`}},links:{title:`Liens`,description:`Liens entre modules qui fonctionnent sans le serveur.`,about:`Ils fonctionnent sans le serveur et se programment avec le logiciel du fabricant. Cette liste est ce que vous en avez noté.`,event:`Module d’événement`,action:`Module d’action`,gone:`Appareil {device}, supprimé`,none:`Aucun lien noté`,none_hint:`Notez-les dans les réglages du site.`,export:`Télécharger la liste`},download:{costs:`Avec les coûts`,title:`Téléchargement`,description:`Données enregistrées sous forme de fichiers\xA0: énergie des appareils, groupes ou usages.`,about:`Énergie, gaz et eau enregistrés, en fichiers pour tableur, réunis dans reportdata.zip.`,kind:`Objet des fichiers`,device:`Appareils`,group:`Groupes`,load:`Usages`,start:`Du`,end:`Au`,rate:`Une ligne`,which:`Lesquels`,all:`Tous`,nothing:`Il n’y a encore rien de ce type.`,backwards:`Le premier jour vient après le dernier.`,begin:`Créer les fichiers`,files:`{count} fichiers`,rates:{sample:`telle qu’enregistrée`,"15min":`tous les quarts d’heure`,hour:`par heure`,day:`par jour`,week:`par semaine`,month:`par mois`}},bill:{title:`Facture des consommations`,description:`Le coût de chaque fluide par tarif, avec ses règles de coût.`,caption:`Coût par tarif, {period}`,tariff:`Tarif`,energy:`Énergie`,volume:`Volume`,cost:`Coût`,share:`Part`,fixed_costs:`Frais fixes`,taxes:`Taxes et contributions`,no_tariff:`Sans tarif`,rules:`Règles de coût`,tariffs:`Tarifs`,about:`À chaque minute, la première règle vraie en partant du haut fixe le tarif\xA0: placez les exceptions en premier.`,about_ews:`La première règle vraie en partant du haut fixe le tarif jusqu’à la fin de sa plage horaire\xA0: placez les exceptions en premier.`,order:`N°`,dates:`Période`,frame:`Plage horaire`,weekdays:`Jours`,price:`Prix actuel`,actions:`Modifier`,now:`en vigueur`,drag:`Faites glisser pour changer l’ordre`,move_up:`Monter la règle {number} ({tariff})`,move_down:`Descendre la règle {number} ({tariff})`,edit_rule:`Modifier la règle {number} ({tariff})`,remove_rule:`Supprimer la règle {number} ({tariff})`,edit_tariff:`Modifier le tarif {name}`,moved:`La règle est maintenant la n° {number} sur {count}.`,hidden:`Ne s’applique jamais\xA0: la règle {rules} passe toujours avant.`,never:`Ne s’applique jamais\xA0: ses dates et ses jours ne coïncident pas.`,every_day:`Tous les jours`,all_day:`Toute la journée`,overnight:`de {from} à {to} le lendemain`,since:`À partir du {day}`,until:`Jusqu’au {day}`,always:`Toujours`,yearly:`{dates}, chaque année`,add_rule:`Ajouter une règle`,change_rule:`Règle de coût`,add_tariff:`Ajouter un tarif`,change_tariff:`Tarif et prix`,add_price:`Ajouter un prix daté`,remove_tariff:`Supprimer le tarif et ses règles`,name_missing:`Donnez un nom au tarif.`,take:`OK`,standard:`Tarif de base`,dated:`{count} prix datés`,gaps:`Aucune règle ne s’applique et rien n’est facturé\xA0: {times}.`,more:`{count} de plus`,preview:`Quel tarif s’applique et quand`,week:`Semaine`,week_before:`Semaine précédente`,week_after:`Semaine suivante`,week_hint:`Survolez ou touchez une bande pour voir son tarif et son prix.`,year:`Année {year}`,year_hint:`Chaque case est un jour, de minuit en haut à minuit en bas\xA0; touchez-en une pour voir sa semaine.`,hours:`Heures de chaque tarif par mois, {year}`,month:`Mois`,unsaved:`Modifications non enregistrées`,saving:`Enregistrement…`,saved:`Les modifications sont enregistrées.`,save:`Enregistrer`,discard:`Abandonner`,computing:`Calcul de la différence…`,difference:`Les coûts à ce jour changent de {amount}.`,no_difference:`Les coûts à ce jour ne changent pas.`,counts:`Valable`,since_none:`à partir d’aujourd’hui`,since_from:`à partir d’une date`,since_all:`depuis toujours`,has_gaps:`À certains moments, aucune règle ne s’applique.`,has_unreachable:`Ne s’applique jamais\xA0: règle {rules}.`,empty:`Pas encore de tarifs`,empty_text:`Un seul prix suffit pour commencer\xA0: il s’applique toujours, y compris au passé enregistré si vous le souhaitez. Heures pleines, week-ends et jours fériés peuvent suivre.`,empty_reader:`Un administrateur peut définir un prix.`,empty_action:`Définir un prix`,settings:`Réglages de l’intégration`,frame_text:`de {from} à {to}`,of:{electricity:`Tarifs de l’électricité`,electricity_export:`Tarifs de l’électricité injectée`,gas:`Tarifs du gaz`,water:`Tarifs de l’eau`},form:{tariff:`Tarif`,from:`De`,to:`À (minute comprise)`,weekdays:`Jours de la semaine`,start_date:`Premier jour`,end_date:`Dernier jour`,repeat_yearly:`Répéter chaque année`,name:`Nom`,color:`Couleur`,price:`Prix`,valid_from:`Valable à partir du`,price_source:`Prix d’une entité`},help:{to:`Avant le début\xA0: le lendemain.`,repeat_yearly:`Le jour et le mois des dates valent pour chaque année.`,start_date:`Vide\xA0: toujours.`,end_date:`Vide\xA0: toujours.`,valid_from:`Vide\xA0: depuis toujours.`,price_source:`Pour les prix qui changent d’eux-mêmes\xA0; les prix ci-dessus valent quand elle n’en donne pas.`},revenue:`Recette`,surcharges:`Tranches`,subtotal:`Consommation`,dynamic:`dynamique`,no_price:`–`,mode:`Lecture des règles`,modes:{continuous:`minute par minute`,ews:`jusqu’à la fin d’une plage`},differs:`Lues minute par minute, d’autres règles s’appliqueraient parfois, d’abord le {moment}.`,energy_only:`Par tarif, il s’agit du coût de l’énergie\xA0; abonnements, tranches, contributions et taxes figurent sur la facture.`,beside:`En plus de l’énergie`,beside_text:`Les abonnements, contributions, tranches, puissance et taxes se règlent dans l’intégration\xA0: Configurer → Tarifs et coûts.`,beside_none:`Des abonnements, contributions, tranches, puissance et taxes peuvent être ajoutés dans l’intégration\xA0: Configurer → Tarifs et coûts.`,beside_link:`Y aller`,a_day:`{price} par jour`,a_month:`{price} par mois`,outdated:`Ces tarifs ont été modifiés entre-temps par quelqu’un d’autre. Afficher les nouveaux, ou les remplacer par les vôtres\xA0?`,take_theirs:`Afficher les nouveaux`,keep_mine:`Garder les miens`,sheet:{title:`Facture`,credit:`Avoir`,caption:`Facture ligne par ligne, {days}`,position:`Poste`,as_billed:`Facturé`,now:`Actuel`,day:{one:`{count} jour`,other:`{count} jours`},month:{one:`{count} mois`,other:`{count} mois`},percent:`{percent}\xA0% de {base}`,many_prices:`{quantity} à prix variables`,peak:`Puissance maximale\xA0: {moment}`,assumed:`En partie à un prix supposé\xA0: sa source n’en a pas donné.`,running:`Cette période n’est pas terminée\xA0: ce qui reste à venir n’est pas dans la facture.`,frozen:`Figée le {date}\xA0: la facture reste telle quelle.`,differs:`D’après ce que l’on sait aujourd’hui, la facture serait différente.`,overlaps:`Des parties de cette période sont déjà figées\xA0; elle ne peut donc pas l’être en entier\xA0: {days}.`,rounding:`Chaque ligne n’est arrondie qu’à l’affichage\xA0; le total est celui des montants exacts.`,freeze:`Figer cette facture`,freeze_title:`Figer la facture ({days})\xA0?`,freeze_text:`La facture est conservée telle qu’elle est, et ses jours gardent leurs tarifs et leurs règles\xA0: les changements ultérieurs ne la touchent plus. Un administrateur peut la rouvrir.`,incomplete:`Il manque des mesures dans cette période. Celles qui arriveront plus tard ne seront pas dans la facture figée.`,reopen:`Rouvrir`,reopen_title:`Rouvrir la facture ({days})\xA0?`,reopen_text:`Ce qui était conservé est oublié, et la facture est refaite avec les mesures et les tarifs actuels. Son montant peut changer.`,is_frozen:`La facture est figée.`,is_open:`La facture est rouverte.`,now_text:`Actuel\xA0: {text}`,lines:`{count} lignes`}},tariffs:{title:`Tarifs`,description:`Le coût par tarif\xA0: un anneau pour tout le site, ou l’histogramme d’un appareil.`,mode:`Vue`,total:`Total`,details:`Détails`,ring:`Coût par tarif, {period}, {total} au total`,tick:`Tarifs affichés`,all_devices:`Tous les appareils`,measure:`Ce que montrent les barres`,cost:`Coût`,energy:`Quantité`},measures:{title:`Ce qui est affiché`,quantity:`Quantité`,money:`Coût`},greenup:{title:`Green'Up`,description:`Bornes de charge\xA0: zones, file d’attente, Démarrer / Attendre, priorité, journal des charges.`,page:`Page`,pages:{management:`Gestion`,live:`En direct`,details:`Détails`,sessions:`Journal`},by:{priority:`Par priorité`,group:`Par groupe`,all:`Toutes`},list_by:`Ordre de la liste`,section_priority:`Prioritaires`,section_normal:`Normales`,no_group:`Sans groupe`,all_stations:`Toutes les bornes`,no_stations:`Aucune borne de charge`,station:`Borne`,circuit:`Circuit`,building:`Bâtiment`,phase:`L{phase}`,zones:{green:`Verte`,yellow:`Jaune`,red:`Rouge`,unknown:`Inconnue`},zones_mean:{green:`Les charges en cours continuent, de nouvelles peuvent démarrer.`,yellow:`Les charges en cours continuent, les nouvelles attendent le retour au vert.`,red:`Aucune charge ne démarre\xA0; les courants sont réduits, puis des véhicules attendent.`},zone_is:`Zone\xA0: {zone}`,zones_title:`Zones`,charging_current:`disponible pour la charge\xA0: {current}`,maximum_current:`disponible en tout\xA0: {current}`,hysteresis:`hystérésis de {percent}\xA0%\xA0: une zone n’est quittée vers le bas qu’en dessous`,room:`reste {current}`,not_measured:`sans valeur`,no_meter:`Sans compteur\xA0: les courants de ses bornes sont additionnés`,meter_lost:`«\xA0{name}\xA0» ne répond plus.`,meter_lost_means:`Rien ne démarre et aucun courant n’augmente avant son retour\xA0; au bout d’un moment, les charges passent à un courant sûr.`,waiting_at:`Attend, n° {place} dans la file`,states:{available:`Disponible`,charging:`En charge`,starting:`Autorisée`,waiting:`Attend`,held:`Attend sur demande`,suspended:`Suspendue par le véhicule`,finished:`Chargée`,connected:`Branchée`,fault:`Défaut`,lost:`Injoignable`,off:`Hors service`,unknown:`Inconnu`},levels:{first:`premier palier`,second:`second palier`,minimum:`minimum`},rated_three:`{current}, triphasée`,rated_one:`{current}, phase L{phase}`,drawn_of_limit:`Courant, et limite`,guarantee:`Quantité garantie`,guarantee_of:`sur {charge} garantis`,guarantee_reached:`· garantie de {charge} atteinte`,start:`Démarrer`,wait:`Attendre`,normal:`Normale`,priority:`Prioritaire`,is_priority:`Prioritaire pour la charge`,process_of:`Charge à {name}, ce véhicule seulement`,priority_of:`Priorité à {name}, ce véhicule seulement`,process_only:`Démarrer / Attendre et Normale / Prioritaire valent pour le véhicule branché en ce moment. À son départ, les réglages de la borne s’appliquent à nouveau.`,not_managed:`Non gérée\xA0: cette borne charge à sa guise.`,queue:`File d’attente`,nobody_waits:`Aucun véhicule n’attend.`,currents:`Véhicules`,nobody_charges:`Aucun véhicule n’est branché.`,drawn:`Courant`,limit:`Limite`,course:`Les deux dernières heures`,course_is:`Courant par phase, zones, limites des bornes et véhicules en attente de {name}, les {minutes} dernières minutes. Les flèches du clavier les lisent minute par minute.`,titles:{load:`Courant par phase, en A`,zones:`Zones`,processes:`Véhicules\xA0: courant permis, ou attente`,stations:`Limite de la borne et courant, en A`,queue:`Véhicules en attente`},load_of:`courant {phase}`,course_granted:`Peut charger (hauteur\xA0: sa limite)`,events:`Ce qui s’est passé, et pourquoi`,no_events:`Rien ne s’est passé depuis {time}.`,empty_title:`La gestion de charge n’est pas configurée`,empty_text:`Indiquez quel compteur mesure le bâtiment et de quel courant il dispose\xA0: les véhicules chargent alors aussi vite que le bâtiment le permet, et son disjoncteur général tient. D’ici là, les bornes chargent à leur guise.`,empty_stations:`Ajoutez vos bornes Green'Up comme appareils, ou des bornes d’autres intégrations, puis indiquez quel compteur mesure le bâtiment et de quel courant il dispose\xA0: les véhicules chargent alors aussi vite que le bâtiment le permet, et son disjoncteur général tient.`,set_up:`Configurer`,settings:`Réglages`,off_title:`La gestion de charge est désactivée.`,off_text:`Les bornes chargent à leur courant assigné, et rien ne maintient le bâtiment sous sa limite.`,sessions:`Journal des charges`,days_7:`7 jours`,days_31:`31 jours`,days_366:`Un an`,plugged_in:`Branchement`,duration:`Durée`,end:`Fin`,no_sessions:`Aucune charge durant cette période`,no_sessions_hint:`Une charge est notée quand le véhicule est débranché.`,download_sessions:`Télécharger en fichier CSV`,other_make:`Une borne d’une autre intégration.`,about:{station:`Borne`,charge:`Charge`,about:`À propos`,status:`Statut`,managed:`Gérée`,in_error:`En défaut`,error:`Défaut`,default_priority:`Priorité par défaut`,state:`État`,priority:`Priorité de cette charge`,charge_ah:`Quantité d’une phase`,rated:`Courant assigné`,minimum:`Courant le plus faible`,phases:`Phases`,make:`Fabricant`,model:`Modèle`,firmware:`Micrologiciel`,hardware:`Matériel`,serial:`Numéro de série`},ends:{running:`encore branché`,finished:`Chargée`,unplugged:`Débranchée en charge`,waiting:`Débranchée en attente`,held:`Débranchée, attente demandée`,fault:`Défaut`,unseen:`Non observée`},charge:`Quantité`,over:`{current} de trop`,departure:`Départ {time} avec {energy}.`,load_management:`Gestion de charge`,switch_off_title:`Désactiver la gestion de charge\xA0?`,switch_off_text:`Les bornes chargent alors à leur courant assigné, et rien ne maintient le bâtiment sous sa limite\xA0: son disjoncteur général peut déclencher.`,switch_off_stations:`Des véhicules sont branchés à\xA0: {names}.`,switch_off:`Désactiver`,departure_button:`Départ`,departure_of:`Départ de {name}`,departure_means:`Vaut pour le véhicule branché en ce moment. Il charge quand le soleil brille ou que le prix est le plus bas, autant que la borne le peut, et aussitôt quand le temps presse.`,departure_label:{day:`Jour du départ`,time:`Heure`,energy:`Énergie voulue`},departure_help:{energy:`Pour toute cette charge\xA0; ce qui a déjà été reçu compte.`},departure_take:`Enregistrer`,departure_back:`Annuler le départ`,departure_missing:`Indiquez quand le véhicule part et quelle énergie il doit recevoir.`,meter_gone:`Son compteur n’existe plus`,wrong_title:`Rien n’est géré.`,wrong_text:`Les réglages de la gestion de charge se contredisent, et les bornes chargent à leur guise.`}}};function kr(e,t){let n=e;for(let e of t.split(`.`)){if(typeof n!=`object`)return;n=n[e]}return typeof n==`string`?n:void 0}function Ar(e){let t=Or[e]??Or[e.split(`-`)[0]??``];return(e,n={})=>(kr(t,e)??kr(Dr,e)??e).replaceAll(/\{(\w+)\}/g,(e,t)=>t in n?String(n[t]):e)}function jr(e,t,n,r){return e(`${n}.${new Intl.PluralRules(t).select(r)===`one`?`one`:`other`}`,{count:r})}function Mr(e,t,n){let r=e(t);return r===t?n:r}function Nr(){return Ar(document.documentElement.lang||navigator.language)}var Pr={name:`config_entry_id`,selector:{config_entry:{integration:`legrand_ews`}}};function Fr(e,t){return{schema:[Pr,...t],computeLabel:({name:t})=>Mr(e,`editor.${t}`,t)}}function Ir(e,t,n,r){return{name:t,selector:{select:{mode:`dropdown`,options:r.map(t=>({value:t,label:Mr(e,`${n}.${t}`,t)}))}}}}var Lr=[`site`,`load`,`group`,`board`,`device`],Rr=[`electricity`,`electricity_export`,`gas`,`water`],zr={name:`title`,selector:{text:{}}},Br=[`previous`,`last_year`,`none`],Vr=e=>Ir(e,`compare`,`editor.compares`,Br);function Hr(){let e=Nr();return Fr(e,[Ir(e,`group_by`,`editor.groupings`,hr)])}function Ur(){let e=Nr();return Fr(e,[zr,Ir(e,`level`,`editor.levels`,Lr),Ir(e,`by`,`editor.levels`,Lr.slice(1)),Ir(e,`fluid`,`fluids`,Rr),Vr(e)])}function Wr(){let e=Nr();return Fr(e,[zr,Vr(e)])}function Gr(){let e=Nr();return Fr(e,[zr,Ir(e,`measure`,`measures`,[`quantity`,`money`]),Vr(e)])}function Kr(){return Fr(Nr(),[zr])}function qr(){let e=Nr();return Fr(e,[zr,{name:`device`,selector:{number:{min:1,mode:`box`}}},Vr(e)])}function Jr(){let e=Nr();return Fr(e,[zr,Ir(e,`fluid`,`fluids`,Rr),Vr(e)])}function Yr(){let e=Nr();return Fr(e,[zr,Ir(e,`mode`,`tariffs`,[`total`,`details`]),Ir(e,`fluid`,`fluids`,Rr),Vr(e)])}function Xr(){let e=Nr();return Fr(e,[Ir(e,`page`,`greenup.pages`,Tr)])}function Zr(){return Fr(Nr(),[])}var Qr=g`
      ha-card {
        display: block;
        padding: var(--ews-space-4);
        container-type: inline-size;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--ews-space-2) var(--ews-space-4);
        min-height: 40px;
        margin-bottom: var(--ews-space-3);
      }
      h2 {
        margin: 0;
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ews-medium-weight);
      }
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ews-space-4);
        margin-top: var(--ews-space-4);
        transition: opacity 200ms 150ms;
      }
      .stale {
        opacity: 0.55;
      }
      .notice {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        margin: 0;
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        background: color-mix(in srgb, var(--ews-warn) 14%, transparent);
      }
      .notice svg {
        color: var(--ews-warn);
      }
      .figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ews-space-4);
        align-items: start;
      }
      .nothing {
        display: grid;
        min-height: var(--ews-chart-height, 340px);
      }
      @container (min-width: 820px) {
        .figure:has(legrand-ews-series-legend) {
          grid-template-columns: minmax(0, 1fr) 300px;
          gap: var(--ews-space-6);
        }
        .figure {
          --ews-chart-height: 400px;
        }
      }
      @container (max-width: 520px) {
        .figure {
          --ews-chart-height: 280px;
        }
      }
  .heading {
    flex: 1 1 auto;
    min-width: 0;
  }
  .headline {
    min-height: 20px;
    margin: 0;
    color: var(--ews-muted);
  }
  .headline::first-letter {
    text-transform: uppercase;
  }
  .tools {
    display: flex;
    margin-inline-end: -8px;
  }
  @container (max-width: 700px) {
    .heading {
      flex: 1 1 0;
    }
    header > :not(.heading, .tools) {
      order: 1;
      flex: 1 0 100%;
    }
  }
  /* Many choices leave no room beside the heading. */
  @container (max-width: 1000px) {
    header:has(.choices) .heading {
      flex: 1 1 0;
    }
    header > .choices {
      order: 1;
      flex: 1 0 100%;
    }
  }
  /* Large texts on a small screen: the table moves in its frame, not the page. */
  .wide {
    overflow-x: auto;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--ews-space-2);
    min-width: 0;
  }
  :host([full]) {
    position: fixed;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    padding: 0;
    border: 0;
    overflow: auto;
    background: var(--primary-background-color);
  }
  :host([full]) ha-card {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr);
    min-height: 100vh;
    padding: clamp(12px, 2vw, 40px);
    border: 0;
    border-radius: 0;
    box-shadow: none;
  }
  :host([full]) h2 {
    font-size: clamp(20px, 2.4vw, 40px);
  }
  :host([full]) .headline {
    color: inherit;
    font-size: clamp(16px, 1.8vw, 32px);
  }
  :host([full]) .body {
    grid-template-rows: auto minmax(0, 1fr);
  }
  :host([full]) .figure {
    --ews-chart-height: max(240px, calc(100vh - 310px));
  }
  /* A phone on its side: the headline has the sum, the rest is for the chart. */
  @media (max-height: 520px) {
    :host([full]) legrand-ews-total-tiles {
      display: none;
    }
    :host([full]) .figure {
      --ews-chart-height: max(160px, calc(100vh - 150px));
    }
    :host([full]) .figure:has(legrand-ews-series-legend) {
      grid-template-columns: minmax(0, 1fr) 260px;
    }
    :host([full]) legrand-ews-series-legend {
      max-height: var(--ews-chart-height);
      overflow: auto;
    }
  }
`,$r={attribute:!0,type:String,converter:Ye,reflect:!1,hasChanged:Xe},ei=(e=$r,t,n)=>{let{kind:r,metadata:i}=n,a=globalThis.litPropertyMetadata.get(i);if(a===void 0&&globalThis.litPropertyMetadata.set(i,a=new Map),r===`setter`&&((e=Object.create(e)).wrapped=!0),a.set(n.name,e),r===`accessor`){let{name:r}=n;return{set(n){let i=t.get.call(this);t.set.call(this,n),this.requestUpdate(r,i,e,!0,n)},init(t){return t!==void 0&&this.C(r,void 0,e,t),t}}}if(r===`setter`){let{name:r}=n;return function(n){let i=this[r];t.call(this,n),this.requestUpdate(r,i,e,!0,n)}}throw Error(`Unsupported decorator location: `+r)};function F(e){return(t,n)=>typeof n==`object`?ei(e,t,n):((e,t,n)=>{let r=t.hasOwnProperty(n);return t.constructor.createProperty(n,e),r?Object.getOwnPropertyDescriptor(t,n):void 0})(e,t,n)}function I(e){return F({...e,state:!0,attribute:!1})}var ti=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n);function ni(e,t){return(n,r,i)=>{let a=t=>t.renderRoot?.querySelector(e)??null;if(t){let{get:e,set:t}=typeof r==`object`?n:i??(()=>{let e=Symbol();return{get(){return this[e]},set(t){this[e]=t}}})();return ti(n,r,{get(){let n=e.call(this);return n===void 0&&(n=a(this),(n!==null||this.hasUpdated)&&t.call(this,n)),n}})}return ti(n,r,{get(){return a(this)}})}}var ri=[[`electricity`,`active_energy_import`],[`electricity_export`,`active_energy_export`],[`gas`,`gas_volume`],[`water`,`water_volume`]];function ii({quantities:e}){return ri.filter(([,t])=>e.includes(t)).map(([e])=>e)}var ai={electricity:ae,electricity_export:ae,gas:ie,water:ke};function oi(e){let{quantities:t}=e;if(t.includes(`station_state`))return h;if(!t.some(e=>ri.some(([,t])=>t===e))){if(/breaker_state|contact_state/.test(t.join()))return re;if(/input_|output_/.test(t.join()))return de}return ai[e.fluid??``]??`M10,19H13V22H10V19M12,2C17.35,2.22 19.68,7.62 16.5,11.67C15.67,12.67 14.33,13.33 13.67,14.17C13,15 13,16 13,17H10C10,15.33 10,13.92 10.67,12.92C11.33,11.92 12.67,11.33 13.5,10.67C15.92,8.43 15.32,5.26 12,5A3,3 0 0,0 9,8H6A6,6 0 0,1 12,2Z`}function si(e,t,n){return(t===null||e.groups.includes(t))&&(n===null||e.load===n)}function ci(e){return e.filter(e=>ii(e).length>0)}var li=[`electricity`,`gas`,`water`];function ui(e){return li.filter(t=>e.devices.some(e=>e.fluid===t))}function di(e){return ui(e).flatMap(t=>t===`gas`&&e.has_gas_factor?[`gas`,`gas_kwh`]:[t])}function fi(e){return pi(e).flatMap(t=>t===`gas`&&e.has_gas_factor?[`gas`,`gas_kwh`]:[t])}function pi(e){let t=e.devices.some(e=>ii(e).includes(`electricity_export`));return ui(e).flatMap(e=>e===`electricity`&&t?[e,`electricity_export`]:[e])}var mi={isLoading:!0,value:void 0,error:void 0},hi=1e4,gi=class{constructor(e){this.fetcher=e,this.state=mi,this.listeners=new Set,this.newest=0}async refresh(){this.newest+=1;let e=this.newest;clearTimeout(this.retry),this.set({...this.state,isLoading:!0});try{let t=await this.fetcher();e===this.newest&&this.set({isLoading:!1,value:t,error:void 0})}catch(t){e===this.newest&&(this.set({...this.state,isLoading:!1,error:t}),this.retry=setTimeout(()=>{this.hasListeners&&this.refresh()},hi))}}get hasListeners(){return this.listeners.size>0}listen(e){return this.listeners.add(e),()=>{this.listeners.delete(e)}}set(e){this.state=e;for(let e of[...this.listeners])e()}},_i=e=>e?{config_entry_id:e}:{};function vi(e,t,n){return e.callWS({type:`${x}/get_costs`,language:e.locale.language,...n,..._i(t)})}function yi(e,t,n,r,i){return e.callWS({type:`${x}/get_tariffs`,language:e.locale.language,fluid:n,...r,...i?{tariffs:i.tariffs,rules:i.rules,mode:i.mode}:{},..._i(t)})}function bi(e,t,n,r,i,a,o){return e.callWS({type:`${x}/set_cost_rules`,language:e.locale.language,fluid:n,tariffs:r.tariffs,rules:r.rules,mode:r.mode,recompute:i,dry_run:a,...o===void 0?{}:{version:o},..._i(t)})}var xi=1440;function Si(e){let[t=``,n=``]=e.split(`T`);return{day:t,minute:Number(n.slice(0,2))*60+Number(n.slice(3,5))}}var Ci=500;function wi(e){let t=new Map;for(let{start:n,end:r,rule:i,tariff:a,price:o}of e){if(r===null)continue;let e=Si(n),s=Si(r),{day:c,minute:l}=e;for(let e=0;c<=s.day&&e<Ci;e+=1){let e=c===s.day?s.minute:xi;l<e&&Ti(t,c,{from:l,to:e,rule:i,tariff:a,price:o}),c=P(`day`,c,1),l=0}}return t}function Ti(e,t,n){let r=(e.get(t)??[]).flatMap(e=>e.to<=n.from?[e]:e.from<n.from?[{...e,to:n.from}]:[]),i=r.at(-1),a=i?.to===n.from&&i.rule===n.rule&&i.price===n.price;a&&r.pop(),e.set(t,[...r,a?{...n,from:i.from}:n])}function Ei(e){return P(`day`,e,-((N(e).getUTCDay()+6)%7))}function Di(e){return Array.from({length:7},(t,n)=>P(`day`,e,n))}function Oi(e){return Array.from({length:12},(t,n)=>{let r=`${e}-${String(n+1).padStart(2,`0`)}`;return Array.from({length:31},(e,t)=>P(`day`,`${r}-01`,t)).filter(e=>e.startsWith(r))})}function ki(e){let t=Number(e.slice(0,4));return{start:Ei(`${t}-01-01`),end:P(`day`,Ei(`${t}-12-31`),13)}}function Ai(e,t){let n=new Map;for(let r of t.flatMap(t=>e.get(t)??[])){let e=n.get(r.tariff)??0;n.set(r.tariff,e+(r.to-r.from)/60)}return n}function ji(e){let t=e=>String(e).padStart(2,`0`);return`${t(Math.floor(e/60))}:${t(e%60)}`}var Mi=9e5,Ni=2e3,Pi=3e4,Fi=class extends gi{constructor(e,t,n,r){super(()=>yi(this.hass,t,this.fluid,ki(this.today))),this.hass=e,this.entry=t,this.fluid=n,this.today=r}update(e,t){this.hass=e;let n=t.slice(0,4)!==this.today.slice(0,4);this.today=t,n&&this.refresh()}listen(e){let t=!this.hasListeners,n=super.listen(e);return t&&this.refresh(),()=>{n(),this.hasListeners||(clearTimeout(this.timer),this.timer=void 0)}}async refresh(){await super.refresh(),this.hasListeners&&this.wait()}wait(){clearTimeout(this.timer);let e=this.state.value?.active?.end,t=e?Date.parse(e)-Date.now():Mi,n=t>0?t+Ni:Pi;this.timer=setTimeout(()=>void this.refresh(),Math.min(Mi,n))}},Ii=new WeakMap;function Li(e,t,n,r){let i=Ii.get(e.connection)??new Map;Ii.set(e.connection,i);let a=n===`gas_kwh`?`gas`:n,o=JSON.stringify([t??null,a,e.locale.language]),s=i.get(o)??new Fi(e,t,a,r);return i.set(o,s),s}function Ri(e,t){e.dispatchEvent(new CustomEvent(`hass-more-info`,{detail:{entityId:t},bubbles:!0,composed:!0}))}function zi(e,t){let n=document.createElement(`a`);n.href=e,n.download=t,n.click()}function Bi(e){history.pushState(null,``,e),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}}))}function Vi(e){let t=e.button===0&&!(e.metaKey||e.ctrlKey||e.shiftKey),n=e.currentTarget;t&&n instanceof HTMLAnchorElement&&(e.preventDefault(),Bi(n.pathname+n.search))}var Hi=`datalogger.csv`,Ui=`﻿`,Wi=`\r
`,Gi=`;`,Ki=`,`,qi=/[+-]\d{2}:\d{2}$/,Ji=e=>String(e).padStart(2,`0`);function Yi(e){return/[";\r\n]/.test(e)?`"${e.replaceAll(`"`,`""`)}"`:e}function Xi(e){return e==null?``:String(e).replace(`.`,Ki)}function Zi(e,t){let{year:n,month:r,day:i,hour:a,minute:o}=j(e,t);return`${n}-${Ji(r)}-${Ji(i)} ${Ji(a)}:${Ji(o)}:00`}var Qi=/^[=+\-@\t\r]/;function $i(e,t,n,r){return Ui+[[`start`,`utc_offset`,...t.map(({id:t,name:n,unit:r=e.unit})=>{let i=`${n} (${t??``}) [${r}]`;return Qi.test(i)?`'${i}`:i})],...e.buckets.filter(e=>new Date(e)<=r).map((e,r)=>[Zi(new Date(e),n),qi.exec(e)?.[0]??`+00:00`,...t.map(e=>Xi(e.values[r]))])].map(e=>e.map(Yi).join(Gi)).join(Wi)+Wi}function ea(e,t){let n=URL.createObjectURL(new Blob([e],{type:`text/csv`}));zi(n,t),setTimeout(()=>URL.revokeObjectURL(n),1e3)}function ta(e){return e.time_format===`12`?{hourCycle:`h12`}:e.time_format===`24`?{hourCycle:`h23`}:{}}function L(e,t,n){let r=e.time_format===`system`&&n.hour?void 0:e.language;return new Intl.DateTimeFormat(r,{timeZone:t,...n,...n.hour?ta(e):{}})}function na(e){let t=L(e,`UTC`,{hour:`numeric`}).resolvedOptions().hourCycle;return t===`h12`||t===`h11`}function ra(e,t){return L(e,t,{hour:na(e)?`numeric`:`2-digit`,minute:`2-digit`})}function ia(e,t,n,r){let i=ra(n,r),a=L(n,r,{hour:`numeric`}),o=e=>na(n)?a.format(e):String(j(e,r).hour),s=e.map(e=>{let{hour:t,minute:n}=j(e,r);return n?`${t}:${n}`:String(t)});return e.map((n,a)=>{let c=s[a]??``,l=s.indexOf(c)!==s.lastIndexOf(c),u=s.indexOf(c)!==a,d=e[a+1]??t,f=`${i.format(n)} – ${i.format(d)}`;return{place:u?`${c}b`:c,short:o(n),long:l?`${f} (${Nn(n,r)})`:f}})}function aa(e,t,n,r,i){let a=t.map(e=>new Date(e));if(e===`hour`||e===`sample`)return ia(a,new Date(n),r,i);if(e===`day`){let e=L(r,i,{weekday:`long`,day:`numeric`,month:`long`});return a.map(t=>{let{day:n}=j(t,i);return{place:String(n),short:String(n),long:e.format(t)}})}if(e===`month`){let e=L(r,i,{month:`short`}),t=L(r,i,{month:`long`,year:`numeric`});return a.map(n=>({place:String(j(n,i).month),short:e.format(n),long:t.format(n)}))}return a.map(e=>{let t=String(j(e,i).year);return{place:t,short:t,long:t}})}function oa(e,t,n,r=`long`){if(e===`10_years`){let e=Number(t.slice(0,4));return`${e-9} – ${e}`}return L(n,`UTC`,{day:r===`long`?{weekday:`long`,day:`numeric`,month:`long`,year:`numeric`}:{day:`numeric`,month:`short`,year:`numeric`},month:{month:r,year:`numeric`},year:{year:`numeric`}}[e]).format(N(t))}function sa(e,t,n,r){if(e===`day`)return ra(n,r).format(t);let i=new Date(t.getTime()-1);return L(n,`UTC`,{day:`numeric`,month:`short`}).format(N(M(i,r)))}var ca=[`#4e79a7`,`#f28e2b`,`#59a14f`,`#b07aa1`,`#edc948`,`#76b7b2`,`#e15759`,`#9c755f`],la=`#b3a58f`;function ua(e){let t=null;for(let n of e)n!=null&&(t=(t??0)+n);return t}var da=e=>`${e.kind}:${e.id??`none`}`;function fa(e,t){return new Date(e.buckets[t+1]??e.end)}function pa(e,t,n,r){let{bucket:i,compare:a}=e,o=aa(i,e.buckets,e.end,n,r),s=a?aa(i,a.buckets,a.end,n,r):[],c=i!==`year`,l=e.series.some(e=>e.values.some(e=>e!==null)),u=e.recorded?.start,d=u?new Date(u):void 0,f=new Set,p=o.map((n,i)=>{let a=c?s.findIndex(e=>e.place===n.place):i,o=a<s.length?a:-1;f.add(o);let u=fa(e,i)<=t,p=e.series.every(e=>(e.values[i]??null)===null),m=new Date(e.buckets[i]??e.end)<=t;return{...n,day:M(new Date(e.buckets[i]??e.end),r),index:i,previousIndex:o,isRunning:m&&!u,isMissing:u&&p&&l&&!(d&&fa(e,i)<=d)}});return s.forEach((e,t)=>{if(f.has(t))return;let n={...e,day:``,index:-1,previousIndex:t,isRunning:!1,isMissing:!1},r=p.findLastIndex(e=>e.previousIndex===t-1);p.splice(r<0?p.length:r+1,0,n)}),p}function ma({kind:e,name:t},n){return e===`rest`?n(`loads.rest`,{name:t}):t||n(`loads.none`)}function ha({kind:e},t){return e===`rest`?la:ca[t%ca.length]??``}function ga(e,t){let n=new Map,r=(e,r)=>{let i=da(e),a=n.get(i)??{key:i,id:e.id,name:ma(e,t),color:e.color||ha(e,n.size),values:[],previousValues:[],total:null,previousTotal:null};r?(a.previousValues=e.values,a.previousTotal=e.total??ua(e.values)):(a.values=e.values,a.total=e.total??ua(e.values)),n.set(i,a)};for(let t of e.series)r(t,!1);for(let t of e.compare?.series??[])r(t,!0);return[...n.values()].filter(e=>e.total!==null||e.previousTotal!==null)}function _a(e,t,n,r){if(!e.compare)return null;let i=new Date(e.end)>r,a=i?t.findLast(t=>t.index>=0&&fa(e,t.index)<=r):t.at(-1);if(!a)return null;let o=t.slice(0,t.indexOf(a)+1),s=new Set(e.partial),c=new Set(e.compare.partial),l=o.map(e=>({isInBoth:e.index>=0&&e.previousIndex>=0,isWhole:!s.has(e.index)&&!c.has(e.previousIndex),current:ya(n,e),previous:ba(n,e)})),u=l.filter(({isInBoth:e,isWhole:t,current:n,previous:r})=>t&&(!e||n===null==(r===null))),d=ua(u.map(e=>e.current)),f=ua(u.map(e=>e.previous));return d===null||f===null?null:{current:d,previous:f,ratio:f===0?null:(d-f)/f,until:i?fa(e,a.index):null,isPartial:u.length<l.length}}function va(e,t,n,r,i){let a=pa(e,t,n,r),o=ga(e,i),s=e.compare?.total??null,c=new Date(e.start)>t;return{columns:a,rows:o,total:e.total,previousTotal:s,difference:_a(e,a,o,t),hasPrevious:s!==null,isEmpty:o.every(e=>e.total===null),isComplete:e.complete&&!a.some(e=>e.isMissing),isRunning:new Date(e.end)>t&&!c,isToCome:c}}function ya(e,t){return ua(e.map(e=>e.values[t.index]))}function ba(e,t){return ua(e.map(e=>e.previousValues[t.previousIndex]))}var xa=5e3,Sa=class{constructor(e,t,n=()=>void 0){this.connection=e,this.subscribe=t,this.failed=n,this.isOpen=!1,this.isClosed=!1,this.newest=0,this.open=()=>{clearTimeout(this.retry),this.newest+=1,this.isOpen=!1,this.release=void 0,this.ask(this.newest)},e.addEventListener(`ready`,this.open),this.open()}async ask(e){try{let t=await this.subscribe();this.isClosed?await t():e===this.newest&&(this.release=t,this.isOpen=!0)}catch(t){if(this.isClosed||e!==this.newest)return;this.failed(t),this.retry=setTimeout(this.open,xa)}}close(){this.isClosed=!0,this.connection.removeEventListener(`ready`,this.open),clearTimeout(this.retry),Promise.resolve(this.release?.()).catch(()=>void 0)}},Ca=class{constructor(){this.selection=Kn(new URLSearchParams(globalThis.location?.search)),this.fluid=`electricity`,this.listeners=new Set}show(e){this.selection=e;for(let e of[...this.listeners])e()}showFluid(e){this.fluid=e;for(let e of[...this.listeners])e()}listen(e){return this.listeners.add(e),()=>{this.listeners.delete(e)}}};function wa(e,t){let{level:n,by:r,compare:i}=e,{period:a,day:o}=t.selection,s=e.fluid??t.fluid,{ids:c,load:l,group:u,date:d=o}=e;return{level:n,by:r,fluid:s,period:a,compare:i,...c?{ids:[...c]}:{},...l===void 0?{}:{load:l},...u===void 0?{}:{group:u},...d===null?{}:{date:d}}}var Ta=class extends gi{constructor(e,t,n,r){super(async()=>{let e=wa(n,r);return n.isMoney?Wt(await vi(this.hass,t,e)):Qt(this.hass,t,e)}),this.hass=e,this.entry=t,this.scope=n,this.page=r,this.users=0,this.fluid=n.fluid??r.fluid}update(e){this.hass=e}use(e){let t=this.listen(e);return this.users+=1,this.users===1&&this.enter(),()=>{t(),--this.users,this.users===0&&this.leave?.()}}enter(){let e=this.page.listen(()=>this.turn()),t=!1,n=new Sa(this.hass.connection,async()=>{let e=await $t(this.hass,this.entry,()=>{this.page.selection.day===null&&this.refresh()});return t&&this.refresh(),t=!0,e});this.leave=()=>{e(),n.close()},this.turn()}turn(){let e=this.scope.fluid??this.page.fluid;e!==this.fluid&&(this.state=mi),this.fluid=e,this.refresh()}},Ea=new WeakMap;function Da(e){let t=Ea.get(e.connection)??{pages:new Map,sources:new Map};return Ea.set(e.connection,t),t}var Oa=(e,t)=>JSON.stringify([e??null,t]);function ka(e,t,n){let{pages:r}=Da(e),i=Oa(t,n),a=r.get(i)??new Ca;return r.set(i,a),a}function Aa(e,t,n,r){let{sources:i}=Da(e),a=ka(e,t,n),o=Oa(t,n)+JSON.stringify(r),s=i.get(o)??new Ta(e,t,r,a);return i.set(o,s),s}var ja={hour:`day`,day:`month`,month:`year`,year:`10_years`};function Ma(e,t,n){return M(e===`10_years`?new Date(Date.parse(t.end)-1):new Date(t.start),n)}function Na(e,t,n,r,i,a,o){let s=(t&&ja[t.bucket])??e.period,c=t?Ma(s,t,i):e.day??r,l=e=>oa(s,e,a,`short`),u=t?.compare?l(Ma(s,t.compare,i)):n===`last_year`?o(`consumption.last_year`):l(P(s,c,-1));if(s===`10_years`||!Ln(s,c,r))return{period:s,current:l(c),previous:u};let[d,f]={day:[o(`consumption.today`),o(`consumption.yesterday`)],month:[o(`consumption.this_month`),o(`consumption.last_month`)],year:[o(`consumption.this_year`),o(`consumption.last_year`)]}[s];return{period:s,current:d,previous:n===`previous`?f:u}}function Pa({isPartial:e,until:t},n,r,i,a){if(e)return a(`consumption.where_both`);if(!t)return``;let o=sa(n,t,r,i);return a(n===`day`?`consumption.until`:`consumption.until_day`,{moment:o})}var Fa=1500,Ia=class extends gi{constructor(e,t){super(()=>Zt(this.hass,t)),this.hass=e,this.refresh()}update(e){let t=e.devices!==this.hass.devices;this.hass=e,t&&(clearTimeout(this.timer),this.timer=setTimeout(()=>{this.hasListeners&&this.refresh()},Fa))}},La=new WeakMap;function Ra(e,t){let n=La.get(e.connection);n||(n=new Map,La.set(e.connection,n));let r=JSON.stringify([t??null,e.locale.language]),i=n.get(r);return i||(i=new Ia(e,t),n.set(r,i)),i}function R(e,t,n,r){var i=arguments.length,a=i<3?t:r===null?r=Object.getOwnPropertyDescriptor(t,n):r,o;if(typeof Reflect==`object`&&typeof Reflect.decorate==`function`)a=Reflect.decorate(e,t,n,r);else for(var s=e.length-1;s>=0;s--)(o=e[s])&&(a=(i<3?o(a):i>3?o(t,n,a):o(t,n))||a);return i>3&&a&&Object.defineProperty(t,n,a),a}var za=class extends b{constructor(...e){super(...e),this.news=0,this.localize=Ar(`en`)}setConfig(e){this.config=e}connectedCallback(){super.connectedCallback(),this.requestUpdate(`news`)}disconnectedCallback(){super.disconnectedCallback(),this.stop?.(),this.stop=void 0,this.store=void 0}shouldUpdate(e){if(!this.hass||!this.config)return!1;this.store?.update(this.hass);let t=e.get(`hass`);return e.size>1||!t||this.concerns(t)}willUpdate(e){let{language:t}=this.hass.locale;e.get(`hass`)?.locale.language!==t&&(this.localize=Ar(t),this.hass.loadBackendTranslation(`exceptions`,x).catch(()=>void 0));let n=Ra(this.hass,this.config?.config_entry_id);n!==this.store&&this.isConnected&&(this.stop?.(),this.store=n,this.stop=n.listen(()=>this.tell()),n.state.error!==void 0&&!n.state.isLoading&&n.refresh())}tell(){this.news+=1}};R([F({attribute:!1})],za.prototype,`hass`,void 0),R([I()],za.prototype,`config`,void 0),R([I()],za.prototype,`news`,void 0);function Ba(e){return new URLSearchParams(e).has(`kiosk`)}var Va=class{constructor(e){this.host=e,this.isOn=!1,this.follow=()=>{this.isOn&&!document.fullscreenElement&&this.set(!1)},this.escape=e=>{let t=this.isOn&&!document.fullscreenElement;e.key===`Escape`&&t&&!e.defaultPrevented&&this.set(!1)},e.addController(this)}hostConnected(){document.addEventListener(`fullscreenchange`,this.follow),document.addEventListener(`keydown`,this.escape)}hostDisconnected(){document.removeEventListener(`fullscreenchange`,this.follow),document.removeEventListener(`keydown`,this.escape),this.isOn&&this.leave()}enter(e){this.isOn||(this.set(!0),e&&document.documentElement.requestFullscreen?.().catch(()=>void 0))}leave(){this.set(!1),document.fullscreenElement&&document.exitFullscreen()}set(e){this.isOn=e;let{host:t}=this;t.toggleAttribute(`full`,e),t.popover=e?`manual`:null,e&&t.isConnected&&t.showPopover(),t.requestUpdate()}},Ha={electricity:`Wh`,electricity_export:`Wh`,gas:`dm³`,gas_kwh:`Wh`,water:`dm³`},Ua=class extends za{constructor(...e){super(...e),this.isTable=!1,this.sources=[],this.leaves=new Map,this.full=new Va(this)}getCardSize(){return 10}getGridOptions(){return{columns:12,min_columns:6}}connectedCallback(){super.connectedCallback(),this.isFirstOfPage()&&Ba(location.search)&&this.updateComplete.then(()=>this.full.enter(!1))}disconnectedCallback(){super.disconnectedCallback();for(let e of this.leaves.values())e();this.leaves.clear(),this.sources=[],this.stopPage?.(),this.stopPage=void 0,this.page=void 0}isFirstOfPage(){return document.querySelector(`:popover-open`)===null}concerns(e){return e.locale!==this.hass.locale||e.devices!==this.hass.devices||e.themes!==this.hass.themes}willUpdate(e){super.willUpdate(e);let{config:t,hass:n}=this;if(!t||!this.isConnected)return;let r=t.config_entry_id,i=t.collection??``;this.page||(this.page=ka(n,r,i),this.stopPage=this.page.listen(()=>this.tell()));let a=this.scopes(this.store?.state.value).map(e=>Aa(n,r,i,e));for(let e of a)e.update(n),this.leaves.has(e)||this.leaves.set(e,e.use(()=>this.tell()));for(let[e,t]of this.leaves)a.includes(e)||(t(),this.leaves.delete(e));this.sources=a}choices(e){return y}csv(e){}get hasTable(){return!0}above(e){return y}below(e){return y}get isEmptyCard(){return!1}get compare(){return this.config?.compare??`previous`}get fluid(){return this.page?.fluid??`electricity`}render(){let{page:e,config:t}=this;if(!e||!t)return y;let n=this.store?.state.value,r=n?.time_zone??Intl.DateTimeFormat().resolvedOptions().timeZone,i=new Date,a={site:n,zone:r,now:i,today:M(i,r)},o=this.full.isOn?y:this.above(a);return this.isEmptyCard?o:_`${o}
      <ha-card>
        <header>
          <div class="heading">
            <h2>${this.heading}</h2>
            ${this.headline(a)}
          </div>
          ${this.choices(a)} ${this.tools(a)}
        </header>
        <legrand-ews-period-bar
          .selection=${e.selection}
          .today=${a.today}
          .first=${this.firstDay(r)}
          .locale=${this.hass.locale}
          .localize=${this.localize}
          @select=${t=>e.show(t.detail)}
        ></legrand-ews-period-bar>
        ${this.body(a)}
      </ha-card>
      ${this.full.isOn?y:this.below(a)}`}body(e){let{site:t}=e,n=this.sources.find(e=>e.state.error!==void 0),r=t?n?.state.error:this.store?.state.error;if(r!==void 0)return _`<div class="body">
        ${E(r,this.hass,this.localize,()=>this.retry())}
      </div>`;let i=this.sources.some(e=>e.state.isLoading);return _`<div class="body ${i&&this.sources.some(e=>e.state.value)?`stale`:``}" aria-busy=${i}>
      ${this.content(this.sources[0],e)}
    </div>`}headline(e){let t=e.site&&this.sources[0]?.state.value;return _`<p class="headline" role="status">${t?this.sum(t,this.names(t,e)):``}</p>`}sum(e,t){let{total:n,unit:r}=e,i=n===null?this.localize(`consumption.missing`):A(n,r,this.hass.locale);return`${t.current} · ${i}`}names(e,t){let n=this.page?.selection??{period:`day`,day:null},{hass:r,localize:i}=this;return Na(n,e,this.compare,t.today,t.zone,r.locale,i)}firstDay(e){let t=this.sources.map(e=>e.state.value?.recorded?.start).filter(e=>e!=null).sort();return t[0]?M(new Date(t[0]),e):void 0}tools(e){let{localize:t,full:n}=this,r=this.csv(e),i=(e,t,n,r)=>_`<button
        class="icon-button"
        aria-label=${t}
        title=${t}
        aria-pressed=${r??y}
        @click=${n}
      >
        ${w(e)}
      </button>`,a=this.isTable?`tools.chart`:`tools.table`;return _`<div class="tools" role="toolbar" aria-label=${t(`tools.title`)}>
      ${r===void 0?y:_`${this.hasTable?i(this.isTable?`M22,21H2V3H4V19H6V10H10V19H12V6H16V19H18V14H22V21Z`:`M5,4H19A2,2 0 0,1 21,6V18A2,2 0 0,1 19,20H5A2,2 0 0,1 3,18V6A2,2 0 0,1 5,4M5,8V12H11V8H5M13,8V12H19V8H13M5,14V18H11V14H5M13,14V18H19V14H13Z`,t(a),()=>{this.isTable=!this.isTable}):y}
            ${i(ne,t(`tools.download`),()=>void this.download(r))}`}
      ${n.isOn?i(`M14,14H19V16H16V19H14V14M5,14H10V19H8V16H5V14M8,5H10V10H5V8H8V5M19,8V10H14V5H16V8H19Z`,t(`tools.leave_full`),()=>n.leave()):i(`M5,5H10V7H7V10H5V5M14,5H19V10H17V7H14V5M17,14H19V19H14V17H17V14M10,17V19H5V14H7V17H10Z`,t(`tools.full`),()=>n.enter(!0))}
    </div>`}async download(e){let[t,n]=this.sources;if(!t||n||t.scope.isMoney)ea(e,Hi);else try{let e=wa(t.scope,t.page),n=this.config?.config_entry_id,{url:r,file:i}=await sn(this.hass,n,e);zi(r,i)}catch{ea(e,Hi)}}fluids(e,t,n=e=>this.page?.showFluid(e)){return e.length<2?y:_`<legrand-ews-segmented
      .options=${e.map(e=>({value:e,label:this.localize(`fluids.${e}`)}))}
      .value=${t}
      .label=${this.localize(`consumption.fluid`)}
      @change=${e=>n(e.detail)}
    ></legrand-ews-segmented>`}open(e,t,n){this.page?.show(Hn({period:e,day:t},e,n))}retry(){this.store?.state.value||this.store?.refresh();for(let e of this.sources)e.refresh()}bone(e,t){return _`<span class="bone" style="width:${e};height:${t}px"></span>`}};R([I()],Ua.prototype,`isTable`,void 0);var Wa=class extends Ua{constructor(...e){super(...e),this.hiddenKeys=new Set,this.pointed=null,this.isGrouped=!1}static getStubConfig(){return{level:`site`,by:`load`}}static getConfigForm(){return Ur()}scopes(e){let{config:t}=this;return[{level:t?.level??`site`,by:t?.by??`load`,compare:this.compare,fluid:t?.fluid}]}get heading(){return this.config?.title??this.localize(`consumption.grand_total`)}choices({site:e}){return e&&!this.config?.fluid?this.fluids(di(e),this.fluid):y}answer({site:e}){return e&&this.sources[0]?.state.value}summary(e,{now:t,zone:n}){return va(e,t,this.hass.locale,n,this.localize)}csv(e){let t=this.answer(e);if(!t)return;let{rows:n,isEmpty:r}=this.summary(t,e);if(!r)return $i(t,n,e.zone,e.now)}content(e,t){let{hass:n,localize:r}=this,i=this.answer(t),a=i&&this.summary(i,t),o=i?.unit??Ha[this.config?.fluid??this.fluid],s=this.names(i,t);return _`
      <legrand-ews-total-tiles
        .summary=${a}
        .unit=${o}
        .period=${s.period}
        .name=${s.current}
        .previousName=${s.previous}
        .zone=${t.zone}
        .compares=${this.compare!==`none`}
        .isYield=${i?.fluid===`electricity_export`}
        .locale=${n.locale}
        .localize=${r}
      ></legrand-ews-total-tiles>
      ${this.notice(a)} ${this.figure(i,a,t)}
    `}notice(e){return!e||e.isComplete||e.isEmpty?y:_`<p class="notice">
      ${w(a)} ${this.localize(`consumption.incomplete`)}
    </p>`}emptiness({isToCome:e,isRunning:t}){let{localize:n}=this;return _`<div class="nothing">
      ${T({path:`M22,21H2V3H4V19H6V17H10V19H12V16H16V19H18V17H22V21M18,14H22V16H18V14M12,6H16V9H12V6M16,15H12V10H16V15M6,10H10V12H6V10M10,16H6V13H10V16Z`,title:n(e?`consumption.to_come`:`consumption.empty`),...t?{text:n(`consumption.empty_hint`)}:{}})}
    </div>`}figure(e,t,n){let{hass:r,localize:i}=this;if(t?.isEmpty&&!t.hasPrevious)return _`<div class="figure">${this.emptiness(t)}</div>`;let a=e?.unit??Ha[this.config?.fluid??this.fluid],o=this.names(e,n),s=e&&Wn(e.bucket);return _`<div class="figure">
      <legrand-ews-consumption-chart
        .summary=${t}
        .hiddenKeys=${this.hiddenKeys}
        .pointed=${this.pointed}
        .unit=${a}
        .heading=${this.heading}
        .name=${o.current}
        .previousName=${o.previous}
        .isDark=${r.themes?.darkMode??!1}
        .isGrouped=${this.isGrouped}
        .isOpening=${s!==void 0}
        .isTable=${this.isTable}
        .locale=${r.locale}
        .localize=${i}
        @drill=${({detail:{day:e}})=>s&&e<=n.today&&this.open(s,e,n.today)}
      ></legrand-ews-consumption-chart>
      <legrand-ews-series-legend
        .summary=${t}
        .hiddenKeys=${this.hiddenKeys}
        .unit=${a}
        .previousName=${o.previous}
        .locale=${r.locale}
        .localize=${i}
        @toggle=${e=>this.toggle(e.detail)}
        @point=${e=>{this.pointed=e.detail}}
      ></legrand-ews-series-legend>
    </div>`}toggle(e){let t=new Set(this.hiddenKeys);t.delete(e)||t.add(e),this.hiddenKeys=t}static{this.styles=[D,O,Qr]}};R([I()],Wa.prototype,`hiddenKeys`,void 0),R([I()],Wa.prototype,`pointed`,void 0);var Ga=class extends Wa{disconnectedCallback(){super.disconnectedCallback(),this.stopPlans?.(),this.stopPlans=void 0,this.plans=void 0}willUpdate(e){super.willUpdate(e);let t=this.store?.state.value;if(!t||!this.isConnected)return;let{hass:n,config:r}=this,i=M(new Date,t.time_zone),a=Li(n,r?.config_entry_id,this.pricedFluid(t),i);a.update(n,i),a!==this.plans&&(this.stopPlans?.(),this.plans=a,this.stopPlans=a.listen(()=>this.tell()))}pricedFluid(e){let t=pi(e),n=this.fluid===`gas_kwh`?`gas`:this.fluid,r=this.chosenFluid??this.config?.fluid??n;return t.includes(r)?r:t[0]??`electricity`}get tariffs(){return this.plans?.state.value}fluidTabs(e){return this.fluids(pi(e),this.pricedFluid(e),e=>{this.chosenFluid=e,e!==`electricity_export`&&this.page?.showFluid(e)})}summary(e,t){let n=this.tariffs?.all_tariffs??[];return Yt(super.summary(e,t),n,this.localize)}};R([I()],Ga.prototype,`chosenFluid`,void 0);var Ka=class extends Ga{static getStubConfig(){return{}}static getConfigForm(){return Jr()}scopes(e){if(!e)return[];let t=this.pricedFluid(e);return[{level:`site`,by:`tariff`,compare:this.compare,fluid:t,isMoney:!0}]}get heading(){return this.config?.title??this.localize(`bill.title`)}get hasTable(){return!1}choices({site:e}){return e&&!this.config?.fluid?this.fluidTabs(e):y}content(e,t){let{hass:n,localize:r}=this;if(this.isUnpriced)return this.editor(t);let i=this.answer(t),a=i&&this.summary(i,t),o=this.names(i,t),s=t.site?this.pricedFluid(t.site):`electricity`;return _`<legrand-ews-total-tiles
        .summary=${a}
        .unit=${i?.unit??t.site?.currency??``}
        .period=${o.period}
        .name=${o.current}
        .previousName=${o.previous}
        .zone=${t.zone}
        .compares=${this.compare!==`none`}
        .isYield=${s===`electricity_export`}
        .locale=${n.locale}
        .localize=${r}
      ></legrand-ews-total-tiles>
      ${this.notice(a)}
      ${i&&a?this.bill(i,a,t,o.current):this.bone(`100%`,160)}
      ${t.site&&this.full.isOn?this.sheet(t.site,t):y}`}bill(e,t,n,r){let{localize:i,hass:a}=this,o=Gt(e);if(!o)return y;let{locale:s}=a,c=Wt(o,`energy`),l=new Map(c.series.map(({id:e,total:t})=>[e,t])),u=t.rows.reduce((e,t)=>e+(t.total??0),0),d=Kt(o),f=e=>Sn(e,o.currency,s),p=e=>e===null||u===0?`–`:k(e/u,s,{style:`percent`,maximumFractionDigits:1}),m=[`surcharges`,`fixed_costs`,`taxes`].map(e=>({name:e,value:o[e]})).filter(({value:e})=>Number(e??0)!==0);return _`${m.length>0?_`<p class="about">${i(`bill.energy_only`)}</p>`:y}
    <div class="wide"><table>
      <caption class="hidden">${i(`bill.caption`,{period:r})}</caption>
      <thead>
        <tr>
          <th scope="col">${i(`bill.tariff`)}</th>
          <th scope="col">${i(this.amountName(n))}</th>
          <th scope="col">${i(o.is_revenue?`bill.revenue`:`bill.cost`)}</th>
          <th scope="col">${i(`bill.share`)}</th>
        </tr>
      </thead>
      <tbody>
        ${t.rows.map(e=>_`<tr class=${e.id===null?`without`:``}>
            <th scope="row">
              <span class="tariff"><i style="background:${e.color}"></i>${e.name}</span>
            </th>
            <td>${A(l.get(e.id)??null,c.unit,s)}</td>
            <td class="money">${f(d.get(e.id))}</td>
            <td>${p(e.total)}</td>
          </tr>`)}
        ${m.length>0?this.subtotal(f(o.cost_total)):y}
        ${m.map(({name:e,value:t})=>_`<tr>
            <th scope="row">${i(`bill.${e}`)}</th>
            <td></td>
            <td class="money">${f(t)}</td>
            <td></td>
          </tr>`)}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${i(`consumption.total`)}</th>
          <td>${A(c.total,c.unit,s)}</td>
          <td class="money">${this.whole(e)??`–`}</td>
          <td></td>
        </tr>
      </tfoot>
    </table></div>`}subtotal(e){return _`<tr class="subtotal">
      <th scope="row">${this.localize(`bill.subtotal`)}</th>
      <td></td>
      <td class="money">${e}</td>
      <td></td>
    </tr>`}sum(e,t){let n=this.whole(e)??this.localize(`consumption.missing`);return`${t.current} · ${n}`}whole(e){let t=Gt(e),n=t?.total_with_extras??t?.cost_total;if(e.total!==null||Number(n??0))return Sn(n,e.unit,this.hass.locale)}amountName({site:e}){return e&&[`gas`,`water`].includes(this.pricedFluid(e))?`bill.volume`:`bill.energy`}get isUnpriced(){return this.tariffs?.all_tariffs.length===0}editor({zone:e}){let{plans:t,hass:n,localize:r}=this;if(!t)return y;let{value:i,error:a}=t.state;return a!==void 0&&!i?E(a,n,r,()=>void t.refresh()):_`<legrand-ews-plan-editor
      .hass=${n}
      .store=${t}
      .tariffs=${i}
      .zone=${e}
      .localize=${r}
      @saved=${()=>{for(let e of this.sources)e.refresh()}}
    ></legrand-ews-plan-editor>`}sheet(e,t){let n=this.page?.selection,r=n&&Xn(n,t.today);return r?_`<legrand-ews-bill-sheet
      .hass=${this.hass}
      .entry=${this.config?.config_entry_id}
      .fluid=${this.pricedFluid(e)}
      .days=${r}
      .occasion=${this.sources[0]?.state.value}
      .zone=${t.zone}
      .localize=${this.localize}
    ></legrand-ews-bill-sheet>`:y}below(e){let{site:t}=e,{localize:n}=this;return!t||!this.plans||this.isUnpriced?y:_`${this.sheet(t,e)}<ha-card class="rules">
      <header>
        <h2>${w(te)} ${n(`bill.of.${this.pricedFluid(t)}`)}</h2>
      </header>
      ${this.editor(e)}
    </ha-card>`}static{this.styles=[D,O,Qr,cr]}},qa=[`site`,`load`,`group`,`device`],Ja=0,Ya=[`electricity`,`electricity_export`,`gas`,`water`],Xa=`80`,Za=/^#[0-9a-f]{6}$/i,Qa=`@`,$a=({level:e,id:t})=>`${e}:${t}`;function eo(e){let[t,n]=e.split(`:`),r=qa.find(e=>e===t);return r&&n!==void 0?{level:r,id:Number(n)}:void 0}function to({level:e,id:t},n,r){return e===`site`?r:(e=>e.find(e=>e.id===t)?.name)(e===`load`?n.loads:e===`group`?n.groups:n.devices)}function no({level:e,id:t},n){if(e===`device`){let e=n.devices.find(e=>e.id===t);return e?ii(e).slice(0,1):[]}let r=n.devices.filter(n=>e===`site`||(e===`load`?n.load:null)===t||e===`group`&&n.groups.includes(t));return ui({...n,devices:r})}function ro(e){return[{level:`site`,id:Ja},...e.loads.map(({id:e})=>({level:`load`,id:e})),...e.groups.map(({id:e})=>({level:`group`,id:e}))].filter(t=>no(t,e).length>0)}function io(e,t){let n=e.map(e=>no(e,t));if(n.length!==0)return Ya.find(e=>n.every(t=>t.includes(e)))}function ao(e,t,n,r){let i=io(e,t),a=new Map;for(let r of e){let e=n?no(r,t):i?[i]:[];for(let t of e){let e=JSON.stringify([r.level,t]);a.set(e,[...a.get(e)??[],r.id])}}return[...a].map(([e,t])=>{let[i,a]=JSON.parse(e);return{level:i,fluid:a,compare:`none`,by:i===`device`?`device`:`level`,...i===`site`?{}:{ids:t},...n?{isMoney:n}:{},...r===void 0?{}:{date:r}}})}function oo(e,t,n,r){if(e===`none`)return;if(e===`other`)return t||void 0;if(e===`previous`)return P(n,r,-1);let i=`${String(Number(r.slice(0,4))-1).padStart(4,`0`)}${r.slice(4)}`;return i.endsWith(`-02-29`)?`${i.slice(0,8)}28`:i}var so=(e,t)=>(e??null)===null?t??null:(e??0)+(t??0);function co(e){let t=new Map;for(let n of e.flatMap(e=>e.series)){let e=`${n.kind}:${n.id}`,r=t.get(e);t.set(e,r?{...r,values:r.values.map((e,t)=>so(e,n.values[t])),total:so(r.total,n.total)}:n)}return[...t.values()]}function lo(e,t,n,r){let i=({bucket:e,buckets:t,end:i})=>aa(e,t,i,n,r).map(({place:e})=>e),a=i(t),o=i(e).map((t,n)=>e.bucket===`year`?n:a.indexOf(t));return e=>o.map(t=>e[t]??null)}function uo(e,t,n,r){let[i]=e;if(!i)return;let[a]=t,o=a&&lo(i,a,n,r),s=co(t).map(e=>({...e,kind:`${e.kind}${Qa}`,values:o?o(e.values):e.values}));return{...i,series:[...co(e),...s],total:null,complete:[...e,...t].every(({complete:e})=>e)}}function fo(e,t,n,r){return t.flatMap(t=>{let i=e.find(({key:e})=>e===$a(t)),a=e.find(({key:e})=>e===`${t.level}${Qa}:${t.id}`),o=n(t),s=i&&Za.test(i.color)?{color:`${i.color}${Xa}`}:{};return[...i?[{...i,name:o}]:[],...a?[{...a,...s,name:`${o} · ${r}`}]:[]]})}var po=g`
  .about {
    margin: 0;
    color: var(--ews-muted);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--ews-space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .chips li {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
    max-width: 100%;
    min-height: 36px;
    padding-inline: var(--ews-space-3) 2px;
    border: 1px solid var(--divider-color);
    border-radius: var(--ha-border-radius-pill, 9999px);
  }
  .chips i {
    flex: none;
    width: 12px;
    height: 12px;
    border-radius: 4px;
  }
  .chips span {
    overflow-wrap: anywhere;
  }
  input[type="date"] {
    min-height: 36px;
    padding-inline: var(--ews-space-4);
    border: 0;
    border-radius: var(--ha-border-radius-pill, 9999px);
    color: var(--primary-text-color);
    background: var(--ews-track);
    font: inherit;
  }
  .chips .icon-button {
    width: 32px;
    height: 32px;
    --ews-icon: 16px;
  }
`,mo=[`quantity`,`money`],ho=[`total`,`details`],go=[`none`,`previous`,`last_year`,`other`],_o=8,vo=class extends Wa{constructor(...e){super(...e),this.beside=`none`,this.other=``,this.mode=`total`,this.measure=`quantity`,this.isGrouped=!0}static getStubConfig(){return{}}static getConfigForm(){return Kr()}get compare(){return`none`}get heading(){return this.config?.title??this.localize(`compare.title`)}chosen(e){let{config:t}=this,n=this.items??[...(t?.loads??[]).map(e=>({level:`load`,id:e})),...(t?.groups??[]).map(e=>({level:`group`,id:e})),...(t?.devices??[]).map(e=>({level:`device`,id:e}))];if(this.items||n.length>0)return n.filter(t=>no(t,e).length>0);let r=ci(e.devices).filter(e=>!e.excluded_from_totals).map(({id:e})=>({level:`device`,id:e})),[i]=r;return r.filter(t=>i&&io([t,i],e)!==void 0).slice(0,2)}besideDay(e){let{selection:t}=this.page??{},n=M(new Date,e.time_zone),r=t?.day??n;return oo(this.beside,this.other,t?.period??`day`,r)}scopes(e){if(!e)return[];let t=this.chosen(e),n=this.measure===`money`,r=this.besideDay(e);return[...ao(t,e,n),...r===void 0?[]:ao(t,e,n,r)]}answer({site:e,zone:t}){let n=this.sources.map(({scope:e,state:{value:t}})=>({scope:e,value:t}));if(!e||n.some(({value:e})=>e===void 0))return;let r=e=>n.filter(({scope:t})=>t.date!==void 0===e).flatMap(({value:e})=>e??[]);return uo(r(!1),r(!0),this.hass.locale,t)}besideName(e){let t=this.besideDay(e),n=this.page?.selection.period??`day`;return t?oa(n,t,this.hass.locale,`short`):``}summary(e,t){let{now:n,zone:r}=t,i=va(e,n,this.hass.locale,r,this.localize),{site:a}=t;if(!a)return i;let o=fo(i.rows,this.chosen(a),e=>this.nameOf(e,a),this.besideName(a));return{...i,rows:o}}sum(e,t){return t.current}choices({site:e}){let{localize:t}=this;return _`<div class="choices">
      <legrand-ews-segmented
        .options=${ho.map(e=>({value:e,label:t(`compare.${e}`)}))}
        .value=${this.mode}
        .label=${t(`compare.mode`)}
        @change=${e=>{this.mode=e.detail}}
      ></legrand-ews-segmented>
      <legrand-ews-segmented
        .options=${mo.map(e=>({value:e,label:t(`measures.${e}`)}))}
        .value=${this.measure}
        .label=${t(`measures.title`)}
        @change=${e=>{this.measure=e.detail}}
      ></legrand-ews-segmented>
      ${e?this.adder(e):y} ${this.besides()}
    </div>`}adder(e){let{localize:t}=this,n=this.chosen(e);if(n.length>=_o)return y;let r=new Map(e.gateways.map(e=>[e.id,e.name])),i=n.map($a),a=ro(e).map(n=>({value:$a(n),label:this.nameOf(n,e),group:n.level===`site`?``:t(`editor.levels.${n.level}`)})),o=ci(e.devices).map(({id:e,name:t,gateway:n})=>({value:$a({level:`device`,id:e}),label:t,group:r.get(n)??``}));return _`<legrand-ews-picker
      .options=${[...a,...o].filter(({value:e})=>!i.includes(e))}
      .value=${``}
      .placeholder=${t(`compare.add`)}
      @change=${e=>{let t=eo(e.detail);t&&(this.items=[...n,t])}}
    ></legrand-ews-picker>`}besides(){let{localize:e}=this,t=M(new Date,this.store?.state.value?.time_zone??`UTC`);return _`<legrand-ews-picker
        .options=${go.map(t=>({value:t,label:e(`compare.besides.${t}`)}))}
        .value=${this.beside}
        .label=${e(`compare.beside`)}
        @change=${e=>{this.beside=e.detail}}
      ></legrand-ews-picker>
      ${this.beside===`other`?_`<input
              type="date"
              max=${t}
              .value=${this.other}
              aria-label=${e(`compare.day`)}
              title=${e(`compare.day`)}
              @change=${({target:e})=>{this.other=e.value}}
            />`:y}`}nameOf(e,t){return to(e,t,this.localize(`editor.levels.site`))??``}content(e,t){let{localize:n}=this,{site:r}=t,i=r?this.chosen(r):[],a=i.length<(r&&this.besideDay(r)?1:2),o=this.answer(t),s=o&&this.summary(o,t);return _`${r?this.chips(i,r,s):y}
    ${r&&a?this.say(`M9 14H2V16H9V19L13 15L9 11V14M15 13V10H22V8H15V5L11 9L15 13Z`,n(`compare.few`)):r&&this.measure===`quantity`&&!io(i,r)?this.say(`M21,9L17,5V8H10V10H17V13M7,11L3,15L7,19V16H14V14H7V11Z`,n(`compare.fluids`),n(`compare.fluids_why`),_`<button
                class="tonal"
                @click=${()=>{this.measure=`money`}}
              >
                ${n(`compare.in_money`)}
              </button>`):_`${this.notice(s)}
            ${this.measure===`money`?_`<p class="about">${n(`compare.energy_only`)}</p>`:y}
            ${this.mode===`total`&&!this.isTable&&!s?.isEmpty?this.totals(o,s):this.figure(o,s,t)}`}`}say(e,t,n,r){return _`<div class="nothing">
      ${T({path:e,title:t,...n?{text:n}:{},...r?{action:r}:{}})}
    </div>`}chips(e,t,n){let r=e=>n?.rows.find(t=>t.key===$a(e))?.color;return _`<ul class="chips" aria-label=${this.localize(`compare.chosen`)}>
      ${e.map(n=>{let i=this.nameOf(n,t),a=this.localize(`compare.remove`,{name:i});return _`<li>
          <i style="background:${r(n)??`var(--ews-track-strong)`}"></i>
          <span>${i}</span>
          <button
            class="icon-button"
            aria-label=${a}
            title=${a}
            @click=${()=>{this.items=e.filter(e=>e!==n)}}
          >
            ${w(ee)}
          </button>
        </li>`})}
    </ul>`}totals(e,t){return _`<legrand-ews-total-bars
      .summary=${t}
      .unit=${e?.unit??``}
      .locale=${this.hass.locale}
      .localize=${this.localize}
    ></legrand-ews-total-bars>`}static{this.styles=[D,O,Qr,po]}};R([I()],vo.prototype,`items`,void 0),R([I()],vo.prototype,`beside`,void 0),R([I()],vo.prototype,`other`,void 0),R([I()],vo.prototype,`mode`,void 0),R([I()],vo.prototype,`measure`,void 0);var yo=class{constructor(e,t,n,r){this.device=n,this.isClosed=!1,this.subscription=new Sa(e.connection,()=>tn(e,t,n,e=>{this.isClosed||(this.value=e,r())}))}close(){this.isClosed=!0,this.subscription.close()}},bo={breaker_state:{closed:`good`,open:`warn`,tripped:`bad`,drawn_out:`warn`},contact_state:{closed:`good`,open:`warn`},station_state:{available:`good`,busy:`busy`,waiting:`warn`,fault:`bad`},charge_state:{connected:`calm`,charging:`busy`,suspended:`warn`,finished:`good`,fault:`bad`}},xo=new Set([`fault_trip`,`prealarm`,`internal_fault`,`earth_fault_alarm`]),So=new Set([`station_error`,`charge_error`,`trip_cause`]);function Co(e){return xo.has(e)}function wo(e,t){return xo.has(e)?t===`on`?`bad`:`good`:So.has(e)?t===`none`?`calm`:`bad`:t===`on`?`good`:bo[e]?.[t]??`calm`}function To(e,t,n,r){let i=r?.[t];if(typeof i==`string`)return i;let a=e.entities[t]??e.commands[t],o=a?n[a]?.state:void 0;return o===`unavailable`||o===`unknown`?void 0:o}var Eo={station_state:h,charge_state:u,fault_trip:oe,prealarm:l,internal_fault:t,earth_fault_alarm:t,station_error:n,charge_error:n},Do={fault_trip:[`off`],prealarm:[`off`],internal_fault:[`off`],earth_fault_alarm:[`off`],charge_state:[`no_vehicle`],station_error:[`none`],charge_error:[`none`]},Oo=[`breaker_state`,`contact_state`,`fault_trip`,`prealarm`,`internal_fault`,`earth_fault_alarm`,`station_state`,`charge_state`,`station_error`,`charge_error`],ko={inputs:/^input_\d+$/,outputs:/^output_\d+$/};function Ao(e,t){return e===`breaker_state`||e===`contact_state`?t===`tripped`?oe:t===`closed`?`M20.83 11A3 3 0 0 0 15.18 11H8.82A3 3 0 0 0 3.17 11H1V13H3.17A3 3 0 0 0 8.82 13H15.18A3 3 0 0 0 20.83 13H23V11M6 13A1 1 0 1 1 7 12A1 1 0 0 1 6 13M18 13A1 1 0 1 1 19 12A1 1 0 0 1 18 13Z`:re:Eo[e]??`M13 14H11V9H13M13 18H11V16H13M1 21H23L12 2L1 21Z`}function jo(e,t,n){let r=[];for(let i of Oo){let a=To(e,i,t,n);if(a===void 0||Do[i]?.includes(a))continue;let o=wo(i,a);r.push({quantity:i,value:a,tone:o,icon:Ao(i,a)})}for(let[i,a]of Object.entries(ko)){let o=e.quantities.filter(e=>a.test(e)).map(r=>To(e,r,t,n)).filter(e=>e!==void 0);if(o.length===0)continue;let s=o.filter(e=>e===`on`).length;r.push({quantity:i,value:``,tone:s>0?`good`:`calm`,icon:i===`inputs`?de:`M23,12L19,8V11H10V13H19V16M1,18V6C1,4.89 1.9,4 3,4H15A2,2 0 0,1 17,6V9H15V6H3V18H15V15H17V18A2,2 0 0,1 15,20H3A2,2 0 0,1 1,18Z`,count:{on:s,all:o.length}})}return r}function Mo(e){return[...Oo,...e.quantities.filter(e=>Object.values(ko).some(t=>t.test(e)))].map(t=>e.entities[t]??e.commands[t]).filter(e=>e!==void 0)}var No={mW:[`W`,.001],W:[`W`,1],kW:[`W`,1e3],MW:[`W`,1e6],GW:[`W`,1e9],VA:[`VA`,1],kVA:[`VA`,1e3],mWh:[`Wh`,.001],Wh:[`Wh`,1],kWh:[`Wh`,1e3],MWh:[`Wh`,1e6],GWh:[`Wh`,1e9],TWh:[`Wh`,0xe8d4a51000],J:[`Wh`,1/3600],kJ:[`Wh`,1/3.6],MJ:[`Wh`,1e3/3.6],GJ:[`Wh`,1e6/3.6],L:[`dm³`,1],"dm³":[`dm³`,1],mL:[`dm³`,.001],"m³":[`dm³`,1e3],mV:[`V`,.001],V:[`V`,1],kV:[`V`,1e3],mA:[`A`,.001],A:[`A`,1]},Po={V:0,A:1},Fo=3;function Io(e,t,n,r){let i=n[t];if(!i)return;let a=Number(i.state);if(i.state.trim()===``||!Number.isFinite(a))return{kind:e,entityId:t,base:null,text:{number:`–`,unit:``}};let o=String(i.attributes.unit_of_measurement??``),s=No[o];if(!s)return{kind:e,entityId:t,base:null,text:{number:k(a,r,{maximumFractionDigits:2}),unit:o}};let c=a*s[1],l=Po[s[0]];return{kind:e,entityId:t,base:c,text:l===void 0?En(c,s[0],r,void 0,e===`power`?Fo:void 0):{number:k(c,r,{minimumFractionDigits:l,maximumFractionDigits:l}),unit:s[0]}}}var Lo=[`l1`,`l2`,`l3`],Ro=[`l1_l2`,`l2_l3`,`l3_l1`],zo=[`active_power`,`apparent_power`],Bo=[`active_energy_import`],Vo=[`active_energy_export`],Ho=[`water_volume`,`gas_volume`],Uo=Lo.map(e=>`voltage_${e}`),Wo=Ro.map(e=>`voltage_${e}`),Go=Lo.map(e=>`current_${e}`),Ko=[...zo,...Bo,...Vo,...Ho,...Uo,...Wo,...Go];function qo(e,t,n){let r=(r,i)=>i.map(t=>e.entities[t]).map(e=>e?Io(r,e,t,n):void 0).filter(e=>e!==void 0),[i]=r(`energy`,Bo),[a]=r(`export`,Vo),o=a!==void 0&&(a.base??0)>(i?.base??0),s=r(`voltage`,Uo);return{power:r(`power`,zo)[0],counter:o?a:i??r(`volume`,Ho)[0],voltages:s.length>0?s:r(`voltage`,Wo),currents:r(`current`,Go)}}function Jo(e){let t=new Set(Ko);return[...e.devices.flatMap(e=>[e.status_entity,...Object.entries(e.entities).filter(([e])=>t.has(e)).map(([,e])=>e),...Mo(e)]),...e.gateways.map(e=>e.status_entity)].filter(e=>e!==null)}var Yo=[`sensor`,`binary_sensor`,`switch`,`select`,`number`,`button`];function Xo(e){return e.loadBackendTranslation(`entity`,x).catch(()=>void 0)}function Zo(e,t,n){for(let r of Yo){let i=e.localize(`component.${x}.entity.${r}.${t}.${n}`);if(i)return i}return``}function Qo(e,t,n){return t.channels[n]||Zo(e,n,`name`)||n}function $o(e,t,n,r){return Zo(e,n,`state.${r}`)||(Co(n)?t(r===`on`?`device.problem`:`device.no_problem`):r===`on`?t(`device.on`):r===`off`?t(`device.off`):r)}var es=``;function ts(e){let t=new URLSearchParams(e).get(`device`);return t!==null&&/^\d+$/.test(t)?Number(t):void 0}var ns=class extends Wa{constructor(...e){super(...e),this.group=null,this.load=null,this.entities=[],this.readAddress=()=>{this.deviceId=ts(location.search)??this.deviceId}}static getStubConfig(){return{}}static getConfigForm(){return qr()}connectedCallback(){super.connectedCallback(),window.addEventListener(`location-changed`,this.readAddress),window.addEventListener(`popstate`,this.readAddress),this.readAddress()}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener(`location-changed`,this.readAddress),window.removeEventListener(`popstate`,this.readAddress),this.live?.close(),this.live=void 0}candidates(e){return e.devices.filter(e=>si(e,this.group,this.load))}device(e){if(!e)return;let t=this.deviceId??this.config?.device,n=this.candidates(e);return n.find(e=>e.id===t)??n[0]}concerns(e){return super.concerns(e)||this.entities.some(t=>e.states[t]!==this.hass.states[t])}willUpdate(e){super.willUpdate(e);let{hass:t}=this,{language:n}=t.locale;this.namesOf!==n&&(this.namesOf=n,Xo(t).then(()=>this.tell()));let r=this.device(this.store?.state.value);this.entities=r?[r.status_entity,r.power_quality_entity,...Object.values(r.commands),...Mo(r)].filter(e=>typeof e==`string`):[],this.live?.device!==r?.id&&this.isConnected&&(this.live?.close(),this.live=r?new yo(t,this.config?.config_entry_id,r.id,()=>this.tell()):void 0)}shownFluid(e){let t=ii(e),{counter:n}=qo(e,this.hass.states,this.hass.locale),r=n?.kind===`export`?`electricity_export`:void 0,i=this.chosenFluid??r;return t.find(e=>e===i)??t[0]}scopes(e){let t=this.device(e),n=t&&this.shownFluid(t);if(!n)return[];let{compare:r}=this;return[{level:`device`,by:`device`,compare:r,fluid:n,ids:[t.id]}]}get heading(){return this.config?.title??this.localize(`details.consumption`)}summary(e,t){let n=super.summary(e,t),{site:r}=t,i=n.rows.map(e=>{let t=r?.devices.find(t=>t.id===e.id),n=r?.loads.find(e=>e.id===t?.load);return n?{...e,color:n.color}:e});return{...n,rows:i}}choices({site:e}){let t=this.device(e),n=t?ii(t):[];return!t||n.length<2?y:_`<legrand-ews-segmented
      .options=${n.map(e=>({value:e,label:this.localize(`details.${e}`)}))}
      .value=${this.shownFluid(t)??``}
      .label=${this.localize(`consumption.fluid`)}
      @change=${e=>{this.chosenFluid=e.detail}}
    ></legrand-ews-segmented>`}above({site:e}){let t=this.device(e);if(e&&!t){let t=e.devices.length===0;return _`${t?y:this.selectors(e)}
        <ha-card class="about">
          ${T({path:ge,title:this.localize(t?`overall.no_meters`:`details.nothing`)})}
        </ha-card>`}if(!e||!t)return _`<ha-card class="about" aria-hidden="true">
        ${this.bone(`40%`,24)} ${this.bone(`60%`,16)}
        <div class="ghost">${this.bone(`100%`,220)}</div>
      </ha-card>`;let{hass:n,localize:r}=this;return _`${this.selectors(e)}
      <ha-card class="about">
        <legrand-ews-device-header
          .hass=${n}
          .site=${e}
          .device=${t}
          .status=${ur(t,n.states)}
          .live=${this.live?.value}
          .localize=${r}
        ></legrand-ews-device-header>
        <legrand-ews-device-pages
          .hass=${n}
          .device=${t}
          .quantities=${e.quantities}
          .zone=${e.time_zone}
          .live=${this.live?.value}
          .entry=${this.config?.config_entry_id}
          .localize=${r}
        ></legrand-ews-device-pages>
      </ha-card>`}selectors(e){let{localize:t}=this,n=e=>({value:String(e.id),label:e.name}),r=e=>e===es?null:Number(e),i=new Map(e.gateways.map(e=>[e.id,e.name])),a=this.candidates(e).map(e=>({...n(e),group:i.get(e.gateway)??``})),o=e.loads.filter(t=>e.devices.some(e=>e.load===t.id));return _`<div class="choices above">
      <legrand-ews-picker
        .options=${a}
        .value=${String(this.device(e)?.id??es)}
        .label=${t(`details.device`)}
        @change=${e=>this.show(Number(e.detail))}
      ></legrand-ews-picker>
      ${e.groups.length>0?_`<legrand-ews-picker
              .options=${[{value:es,label:t(`partials.all_groups`)},...e.groups.map(n)]}
              .value=${String(this.group??es)}
              .label=${t(`partials.group`)}
              @change=${e=>{this.group=r(e.detail)}}
            ></legrand-ews-picker>`:y}
      <legrand-ews-picker
        .options=${[{value:es,label:t(`details.all_loads`)},...o.map(n)]}
        .value=${String(this.load??es)}
        .label=${t(`partials.load`)}
        @change=${e=>{this.load=r(e.detail)}}
      ></legrand-ews-picker>
    </div>`}show(e){this.deviceId=e,this.chosenFluid=void 0;let t=new URL(location.href);t.searchParams.has(`device`)&&(t.searchParams.set(`device`,String(e)),history.replaceState(history.state,``,t))}get isEmptyCard(){let e=this.store?.state.value,t=this.device(e);return e!==void 0&&(!t||ii(t).length===0)}static{this.styles=[D,O,Qr,g`
      .above {
        margin-bottom: var(--ews-space-4);
      }
      ha-card.about {
        display: grid;
        gap: var(--ews-space-4);
        margin-bottom: var(--ews-space-4);
      }
      .ghost {
        min-height: 220px;
      }
    `]}};R([I()],ns.prototype,`deviceId`,void 0),R([I()],ns.prototype,`group`,void 0),R([I()],ns.prototype,`load`,void 0),R([I()],ns.prototype,`chosenFluid`,void 0);var rs=[`device`,`group`,`load`],is=[`sample`,`15min`,`hour`,`day`,`week`,`month`],z=class extends za{constructor(...e){super(...e),this.kind=`device`,this.omitted=new Set,this.start=``,this.end=``,this.rate=`15min`,this.hasCosts=!1}static getStubConfig(){return{}}static getConfigForm(){return Zr()}getCardSize(){return 8}getGridOptions(){return{columns:12,min_columns:6}}disconnectedCallback(){super.disconnectedCallback(),this.stopWork()}concerns(e){return e.locale!==this.hass.locale||e.devices!==this.hass.devices}objects(e){return this.kind===`group`?e.groups:this.kind===`load`?e.loads.filter(t=>e.devices.some(e=>e.load===t.id)):ci(e.devices)}render(){let{hass:e,localize:t}=this,n=this.store?.state.value;if(!n){let{error:n}=this.store?.state??{};return _`<ha-card>
        <h2>${t(`download.title`)}</h2>
        ${n===void 0?_`<span class="bone" style="width:100%;height:240px"></span>`:E(n,e,t,()=>void this.store?.refresh())}
      </ha-card>`}let r=M(new Date,n.time_zone),i=this.start||`${r.slice(0,7)}-01`,a=this.end||r,o=this.objects(n),s=o.filter(e=>!this.omitted.has(e.id)),c=this.progress!==void 0,l=(e,t,n)=>_`<label class="field">
        <span>${e}</span>
        <input
          type="date"
          .value=${t}
          max=${r}
          ?disabled=${c}
          @change=${e=>n(e.target.value)}
        />
      </label>`;return _`<ha-card>
      <h2>${t(`download.title`)}</h2>
      <p>${t(`download.about`)}</p>
      <div class="fields">
        <legrand-ews-segmented
          .options=${rs.map(e=>({value:e,label:t(`download.${e}`)}))}
          .value=${this.kind}
          .label=${t(`download.kind`)}
          @change=${e=>{this.kind=e.detail,this.omitted=new Set}}
        ></legrand-ews-segmented>
        ${l(t(`download.start`),i,e=>{this.start=e})}
        ${l(t(`download.end`),a,e=>{this.end=e})}
        <legrand-ews-picker
          .options=${is.map(e=>({value:e,label:t(`download.rates.${e}`)}))}
          .value=${this.rate}
          .label=${t(`download.rate`)}
          @change=${e=>{this.rate=e.detail}}
        ></legrand-ews-picker>
        <label class="field">
          <input
            type="checkbox"
            .checked=${this.hasCosts}
            ?disabled=${c}
            @change=${e=>{this.hasCosts=e.target.checked}}
          />
          ${t(`download.costs`)}
        </label>
      </div>
      ${this.choice(o,c)}
      <div class="work">
        ${c?_`<progress max="1" value=${this.progress??0}></progress>
                <span role="status">
                  ${k(this.progress??0,e.locale,{style:`percent`,maximumFractionDigits:0})}
                </span>
                <button class="tonal" @click=${()=>this.stopWork()}>
                  ${t(`device.cancel`)}
                </button>`:_`<button
                class="tonal"
                ?disabled=${s.length===0||i>a}
                @click=${()=>void this.begin(s,o,i,a)}
              >
                  ${w(ne)} ${t(`download.begin`)}
                </button>
                ${i>a?_`<span role="status">${t(`download.backwards`)}</span>`:y}`}
        ${this.result()}
      </div>
    </ha-card>`}choice(e,t){if(e.length===0)return _`<p>${this.localize(`download.nothing`)}</p>`;let n=e.every(e=>!this.omitted.has(e.id));return _`<fieldset ?disabled=${t}>
      <legend>${this.localize(`download.which`)}</legend>
      <label class="all">
        <input
          type="checkbox"
          .checked=${n}
          @change=${()=>{this.omitted=new Set(n?e.map(e=>e.id):[])}}
        />
        ${this.localize(`download.all`)}
      </label>
      <div class="objects">
        ${e.map(({id:e,name:t})=>_`<label>
            <input
              type="checkbox"
              .checked=${!this.omitted.has(e)}
              @change=${()=>{let t=new Set(this.omitted);t.delete(e)||t.add(e),this.omitted=t}}
            />
            ${t}
          </label>`)}
      </div>
    </fieldset>`}result(){let{made:e,error:t,hass:n,localize:r}=this;return t===void 0?e?.url?_`<p class="made" role="status">
      ${w(`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M12 20C7.59 20 4 16.41 4 12S7.59 4 12 4 20 7.59 20 12 16.41 20 12 20M16.59 7.58L10 14.17L7.41 11.59L6 13L10 17L18 9L16.59 7.58Z`)}
      <a href=${e.url} download=${e.file??``}>${e.file}</a>
      <small>${r(`download.files`,{count:e.files?.length??0})}</small>
    </p>`:y:_`<p class="error" role="alert">${C(t,n,r)}</p>`}async begin(e,t,n,r){this.made=void 0,this.error=void 0,this.progress=0;let i=e.length===t.length?{}:{ids:e.map(e=>e.id)},a=this.hasCosts,o={kind:this.kind,rate:this.rate,start:n,end:r,costs:a,...i};try{this.cancel=await cn(this.hass,this.config?.config_entry_id,o,e=>this.follow(e))}catch(e){this.progress=void 0,this.error=e}}follow(e){this.progress!==void 0&&(e.error===void 0&&e.url===void 0?this.progress=e.progress??this.progress:(this.progress=void 0,this.error=e.error,e.url!==void 0&&(this.made=e,zi(e.url,e.file??``))))}stopWork(){this.progress=void 0,Promise.resolve(this.cancel?.()).catch(()=>void 0),this.cancel=void 0}static{this.styles=[D,O,g`
      ha-card {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ews-space-4);
        padding: var(--ews-space-4);
      }
      h2 {
        margin: 0;
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ews-medium-weight);
      }
      p {
        margin: 0;
        color: var(--ews-muted);
      }
      .fields {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ews-space-2) var(--ews-space-4);
      }
      .field {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        min-height: 36px;
        padding-inline: var(--ews-space-4) var(--ews-space-2);
        border-radius: var(--ha-border-radius-pill, 9999px);
        background: var(--ews-track);
      }
      .field span,
      legend {
        color: var(--ews-muted);
      }
      input[type="date"] {
        border: 0;
        color: inherit;
        background: none;
        font: inherit;
        font-weight: var(--ews-medium-weight);
      }
      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0 0 var(--ews-space-2);
      }
      .objects {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr));
        gap: 2px var(--ews-space-4);
        /* Below 255 devices nobody would look for the button. */
        max-height: max(40vh, 200px);
        overflow-y: auto;
      }
      fieldset label {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        min-height: 36px;
        overflow-wrap: anywhere;
      }
      .all {
        font-weight: var(--ews-medium-weight);
      }
      input[type="checkbox"] {
        flex: none;
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--primary-color);
      }
      .work {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        min-height: 40px;
      }
      .tonal:disabled {
        opacity: 0.45;
      }
      progress {
        flex: 1 1 200px;
        accent-color: var(--primary-color);
      }
      .made {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2);
      }
      .made svg {
        color: var(--ews-good);
      }
      .made a {
        color: var(--ews-action);
        font-weight: var(--ews-medium-weight);
      }
      .error {
        color: var(--ews-bad);
      }
    `]}};R([I()],z.prototype,`kind`,void 0),R([I()],z.prototype,`omitted`,void 0),R([I()],z.prototype,`start`,void 0),R([I()],z.prototype,`end`,void 0),R([I()],z.prototype,`rate`,void 0),R([I()],z.prototype,`hasCosts`,void 0),R([I()],z.prototype,`progress`,void 0),R([I()],z.prototype,`made`,void 0),R([I()],z.prototype,`error`,void 0);var as={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},os=e=>(...t)=>({_$litDirective$:e,values:t}),ss=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:cs}=Ft,ls=e=>e,us=e=>e.strings===void 0,ds=()=>document.createComment(``),fs=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new cs(r.insertBefore(ds(),i),r.insertBefore(ds(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=ls(e).nextSibling;ls(r).insertBefore(e,i),e=t}}}return n},ps=(e,t,n=e)=>(e._$AI(t,n),e),ms={},hs=(e,t=ms)=>e._$AH=t,gs=e=>e._$AH,_s=e=>{e._$AR(),e._$AA.remove()},vs=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},ys=os(class extends ss{constructor(e){if(super(e),e.type!==as.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=gs(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,f=i.length-1,p=0,m=a.length-1;for(;d<=f&&p<=m;)if(i[d]===null)d++;else if(i[f]===null)f--;else if(s[d]===o[p])c[p]=ps(i[d],a[p]),d++,p++;else if(s[f]===o[m])c[m]=ps(i[f],a[m]),f--,m--;else if(s[d]===o[m])c[m]=ps(i[d],a[m]),fs(e,c[m+1],i[d]),d++,m--;else if(s[f]===o[p])c[p]=ps(i[f],a[p]),fs(e,i[d],i[f]),f--,p++;else if(l===void 0&&(l=vs(o,p,m),u=vs(s,d,f)),l.has(s[d])){if(l.has(s[f])){let t=u.get(o[p]),n=t===void 0?null:i[t];if(n===null){let t=fs(e,i[d]);ps(t,a[p]),c[p]=t}else c[p]=ps(n,a[p]),fs(e,i[d],n),i[t]=null;p++}else _s(i[f]),f--}else _s(i[d]),d++;for(;p<=m;){let t=fs(e,c[m+1]);ps(t,a[p]),c[p++]=t}for(;d<=f;){let e=i[d++];e!==null&&_s(e)}return this.ut=o,hs(e,c),v}});function bs(e,t,n){return{type:`${x}/${t}`,language:e.locale.language,...n?{config_entry_id:n}:{}}}function xs(e,t){return e.callWS(bs(e,`get_charging`,t))}function Ss(e,t,n){return e.connection.subscribeMessage(n,bs(e,`subscribe_charging`,t),{resubscribe:!1})}function Cs(e,t,n){return e.callWS({...bs(e,`get_charging_course`,t),minutes:n})}async function ws(e,t,n,r){let i=r===`normal`||r===`priority`;await e.callWS({type:`${x}/${i?`set_charging_priority`:`${r}_charging`}`,device:n,...i?{priority:r,scope:`session`}:{},...t?{config_entry_id:t}:{}})}async function Ts(e,t,n,r){await e.callWS({type:`${x}/set_charging_departure`,device:n,...r?{departure:r.at,energy:r.energy}:{},...t?{config_entry_id:t}:{}})}async function Es(e,t,n,r){let{sessions:i}=await e.callWS({...bs(e,`get_charging_sessions`,t),start:n,end:r});return i}function Ds(e,t,n,r,i){return e.callWS({...bs(e,`get_charging_sessions`,t),start:n,end:r,file:!0,...i.length>0?{devices:i}:{}})}var Os=class{constructor(e,t,n){this.listener=n,this.state=mi,this.isClosed=!1,this.subscription=new Sa(e.connection,async()=>(this.take(await xs(e,t)),Ss(e,t,e=>this.take(e))),e=>this.set({...this.state,isLoading:!1,error:e}))}again(){this.subscription.isOpen||this.isClosed||(this.set({...this.state,isLoading:!0}),this.subscription.open())}close(){this.isClosed=!0,this.subscription.close()}take(e){this.set({isLoading:!1,value:e,error:void 0})}set(e){this.isClosed||(this.state=e,this.listener())}},ks=[`priority`,`group`,`all`];function As({session:e,is_priority:t}){return e?.is_priority??t}function js(e,t){let n=gr(e.address??`~`,t.address??`~`);return(e.gateway??1/0)-(t.gateway??1/0)||n||e.id-t.id}function Ms(e,t,n){let r=[...e].sort((e,t)=>js(e,t));if(t===`priority`)return[{key:`priority`,stations:r.filter(As)},{key:`normal`,stations:r.filter(e=>!As(e))}].filter(e=>e.stations.length>0);if(t===`group`){let e=n.map(e=>({key:`group:${e.id}`,group:e,stations:r.filter(t=>t.group_ids.includes(e.id))})),t=new Set(n.map(e=>e.id)),i=r.filter(e=>!e.group_ids.some(e=>t.has(e)));return[...e,{key:`group:none`,group:null,stations:i}].filter(e=>e.stations.length>0)}return[{key:`all`,stations:r}]}function Ns({session:e,charge:t}){return e!==null||t!==null&&t!==`no_vehicle`}var Ps=new Set([`communication_error`,`configuration`]);function Fs(e){let{status:t,charge:n,progress:r}=e;return t===`off`?`off`:Ps.has(t)?`lost`:t===`failure`||n===`fault`?`fault`:n===null?`unknown`:n===`no_vehicle`?`available`:n===`finished`?`finished`:r===`held`||r===`waiting`?r:n===`connected`?r===`running`?`starting`:`connected`:n}var Is={available:`good`,charging:`busy`,starting:`busy`,waiting:`warn`,held:`warn`,suspended:`calm`,finished:`good`,connected:`calm`,fault:`bad`,lost:`bad`,off:`calm`,unknown:`calm`};function Ls(e){return Is[e]}function Rs(e,t){let n=e.queue.indexOf(t);return n<0?void 0:n+1}function zs({circuits:e,stations:t}){let n=e.map(({id:e})=>t.filter(t=>t.circuit_id===e).length),r=Math.max(...n);return e[n.indexOf(r)]?.id??0}function Bs({drawn_a:e}){return e.length>0?Math.max(...e):null}var Vs=1.15;function Hs(e,t){let{maximum_a:n,charging_a:r,hysteresis_percent:i}=e,a=e.lines.map(e=>e.is_known?e.load_a:0),o=Math.max(n*Vs,...a.map(e=>e*1.05)),s=e=>100*Math.max(0,e)/o,c=n*i/100,l=[...new Set([r,n])];return{full:o,load:t.is_known?s(t.load_a):0,charging:s(r),maximum:s(n),bands:c>0?l.map(e=>({from:s(e-c),to:s(e)})):[]}}var Us=[`green`,`unknown`,`yellow`,`red`];function Ws(e){let t=e.map(e=>Gs(e));return Us.findLast(e=>t.includes(e))}function Gs({zone:e,is_known:t}){return t?e:`unknown`}function Ks({lines:e}){return Ws(e)}function qs({circuits:e}){return Ws(e.flatMap(({lines:e})=>e))}function Js(e,t,n=y){return _`<p class="notice ${e}" role="alert">
    ${w(r)} <span>${t}</span> ${n}
  </p>`}function Ys({is_enabled:e,problems:t,circuits:n,stations:r},i,a,o){let s=i===`management`?r.map(e=>e.problem?.text):[],c=i===`live`?[]:n.filter(({meter:e})=>e?.is_lost&&e.name);return _`${e?y:Js(`warn`,_`<b>${o(`greenup.off_title`)}</b> ${o(`greenup.off_text`)}`)}
  ${n.length>0?y:Js(`bad`,_`<b>${o(`greenup.wrong_title`)}</b> ${o(`greenup.wrong_text`)}`)}
  ${t.filter(({text:e})=>!s.includes(e)).map(({text:e})=>Js(`bad`,e,a))}
  ${c.map(({meter:e})=>Js(`bad`,_`<b>${o(`greenup.meter_lost`,{name:e?.name??``})}</b>
        ${o(`greenup.meter_lost_means`)}`))}`}var Xs={green:d,yellow:a,red:i,unknown:ue},Zs={available:h,charging:u,starting:ve,waiting:Ee,held:e,suspended:_e,finished:c,connected:be,fault:n,lost:fe,off:xe,unknown:ue},Qs=[[/^zone_changed$/,Te],[/^(raised|resumed|started|released_by_user)$/,s],[/reduced|capped|fallback|last_resort/,o],[/stopped|gave_way|held_by_user/,_e],[/lost|refused|ignored|management_off/,n],[/^session_/,be],[/back|followed|repeated/,Se]];function $s(e){return Qs.find(([t])=>t.test(e))?.[1]??`M12,20A8,8 0 0,0 20,12A8,8 0 0,0 12,4A8,8 0 0,0 4,12A8,8 0 0,0 12,20M12,2A10,10 0 0,1 22,12A10,10 0 0,1 12,22C6.47,22 2,17.5 2,12A10,10 0 0,1 12,2M12.5,7V12.25L17,14.92L16.25,16.15L11,13V7H12.5Z`}var ec=`\xA0`,tc=60,nc=3600;function B(e,t,n=1){return e===null?`–`:`${k(e,t,{minimumFractionDigits:n,maximumFractionDigits:n})}${ec}A`}function rc(e,t){let n=Math.floor(e%nc/tc),r=Math.floor(e/nc),i=(e,n=1)=>k(e,t,{minimumIntegerDigits:n,maximumFractionDigits:0});if(r===0)return`${i(n)}${ec}min`;let a=`${i(n,2)}${ec}min`;return`${i(r)}${ec}h${ec}${a}`}function ic(e,t,n){return e===null||t===null?``:k(e,n,{style:`currency`,currency:t})}function ac(e){let t=e.filter(({cost:e})=>e!==null),n=t[0]?.currency??null;return{cost:t.every(e=>e.currency===n)?Yn(t.map(e=>e.cost)):null,currency:n}}function oc(e,t,n){return L(t,n,{hour:na(t)?`numeric`:`2-digit`,minute:`2-digit`,second:`2-digit`}).format(new Date(e))}function sc(e,t,n){return L(t,n,{weekday:`short`,hour:`numeric`,minute:`2-digit`}).format(new Date(e))}function cc(e,t){return _`<span class="zone ${e}">
    ${w(Xs[e])} ${t(`greenup.zones.${e}`)}
  </span>`}var lc=g`
  .zone {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 2px 10px 2px 8px;
    border-radius: var(--ha-border-radius-pill, 9999px);
    --ews-tone: var(--ews-good);
    color: color-mix(in srgb, var(--ews-tone) 60%, var(--primary-text-color));
    background: color-mix(in srgb, var(--ews-tone) 16%, transparent);
    font-weight: var(--ews-medium-weight);
    white-space: nowrap;
    --ews-icon: 18px;
  }
  .zone.yellow {
    --ews-tone: var(--ews-warn);
  }
  .zone.red {
    --ews-tone: var(--ews-bad);
  }
  .zone.unknown {
    --ews-tone: var(--primary-text-color);
  }
`,uc=class extends b{constructor(...e){super(...e),this.hasMeaning=!0}render(){let{circuit:e,localize:t}=this,n=Ks(e);return _`
      <div class="title">
        <h3>${e.name||t(`greenup.building`)}</h3>
        ${n?cc(n,t):y}
        ${n&&n!==`unknown`&&this.hasMeaning?_`<span class="means">${t(`greenup.zones_mean.${n}`)}</span>`:y}
      </div>
      ${this.meter()}
      <div class="lines">
        ${e.lines.map(e=>this.line(e))}
      </div>
      <p class="legend">
        <span><i class="edge charging"></i>${t(`greenup.charging_current`,{current:this.amperes(e.charging_a,0)})}</span>
        <span><i class="edge maximum"></i>${t(`greenup.maximum_current`,{current:this.amperes(e.maximum_a,0)})}</span>
        ${e.hysteresis_percent>0?_`<span><i class="band"></i>${t(`greenup.hysteresis`,{percent:e.hysteresis_percent})}</span>`:y}
      </p>
    `}amperes(e,t=1){return B(e,this.locale,t)}meter(){let{circuit:e,localize:t}=this,{meter:n}=e;return n?n.name===null?_`<p class="meter">
        ${w(r)} ${t(`greenup.meter_gone`)}
      </p>`:n.is_lost?_`<p class="meter lost" role="alert">
      ${w(r)}
      <span>
        <b>${t(`greenup.meter_lost`,{name:n.name})}</b>
        ${t(`greenup.meter_lost_means`)}
      </span>
    </p>`:_`<p class="meter">${w(ce)} ${n.name}</p>`:_`<p class="meter">${w(ce)} ${t(`greenup.no_meter`)}</p>`}line(e){let{circuit:t,localize:n}=this,r=Hs(t,e),i=Gs(e),a=n(`greenup.phase`,{phase:e.phase}),o=e.is_known?this.amperes(e.load_a):n(`greenup.not_measured`),s=n(e.room_a<0?`greenup.over`:`greenup.room`,{current:this.amperes(Math.abs(e.room_a),0)}),c=e=>`inset-inline-start:${e.toFixed(2)}%`;return _`<div class="line ${i}">
      <span class="phase">${a}</span>
      <div
        class="bar"
        role="meter"
        aria-label=${a}
        aria-valuemin="0"
        aria-valuemax=${Math.round(r.full)}
        aria-valuenow=${e.is_known?Math.round(e.load_a):0}
        aria-valuetext=${[o,n(`greenup.zones.${i}`),...e.is_known?[s]:[]].join(`, `)}
      >
        <span class="track">
          <i class="load" style="inline-size:${r.load.toFixed(2)}%"></i>
          ${r.bands.map(({from:e,to:t})=>_`<i class="band" style="${c(e)};inline-size:${(t-e).toFixed(2)}%"></i>`)}
        </span>
        <i class="edge charging" style=${c(r.charging)}></i>
        <i class="edge maximum" style=${c(r.maximum)}></i>
      </div>
      <b class="load-text">${o}</b>
      ${cc(i,n)}
      <small>${e.is_known?s:y}</small>
    </div>`}static{this.styles=[D,lc,g`
      :host {
        container: zones / inline-size;
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px var(--ews-space-3);
      }
      h3 {
        margin: 0;
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
      }
      .means {
        flex: 1 1 260px;
        color: var(--ews-muted);
      }
      .meter {
        display: flex;
        align-items: center;
        gap: 6px;
        margin: var(--ews-space-1) 0 var(--ews-space-3);
        color: var(--ews-muted);
        font-size: 13px;
        --ews-icon: 18px;
      }
      .meter.lost {
        align-items: flex-start;
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        color: inherit;
        background: color-mix(in srgb, var(--ews-bad) 12%, transparent);
      }
      .meter.lost svg {
        color: var(--ews-bad);
      }
      .lines {
        display: grid;
        gap: var(--ews-space-3);
      }
      .line {
        display: grid;
        grid-template-columns: 28px minmax(0, 1fr) 92px 104px 116px;
        align-items: center;
        gap: 2px var(--ews-space-3);
        --ews-tone: var(--ews-good);
      }
      .line.yellow {
        --ews-tone: var(--ews-warn);
      }
      .line.red {
        --ews-tone: var(--ews-bad);
      }
      .phase {
        font-weight: var(--ews-medium-weight);
      }
      .bar {
        position: relative;
        padding-block: 5px;
      }
      .track {
        position: relative;
        display: block;
        height: 16px;
        overflow: hidden;
        border-radius: 5px;
        background: var(--ews-track-strong);
      }
      .load {
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        background: var(--ews-tone);
        transition: inline-size 400ms;
      }
      .line.unknown .track {
        opacity: 0.5;
      }
      .band {
        background: repeating-linear-gradient(
          -45deg,
          transparent 0 3px,
          color-mix(in srgb, var(--primary-text-color) 38%, transparent) 3px 5px
        );
      }
      .track .band {
        position: absolute;
        inset-block: 0;
      }
      .edge {
        position: absolute;
        inset-block: 0;
        width: 3px;
        margin-inline-start: -1.5px;
        border-radius: 2px;
        background: var(--primary-text-color);
      }
      .edge.charging {
        width: 0;
        border-inline-start: 3px dotted var(--primary-text-color);
        border-radius: 0;
        background: none;
      }
      .load-text {
        font-weight: var(--ews-medium-weight);
        text-align: end;
        white-space: nowrap;
      }
      .line .zone {
        justify-self: start;
        padding-block: 1px;
        font-size: var(--ews-small);
        --ews-icon: 16px;
      }
      small {
        color: var(--ews-muted);
        font-size: var(--ews-small);
        text-align: end;
        white-space: nowrap;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 4px var(--ews-space-4);
        margin: var(--ews-space-3) 0 0;
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      .legend span {
        display: inline-flex;
        align-items: center;
        gap: 8px;
      }
      .legend i {
        position: static;
        height: 14px;
        margin: 0;
      }
      .legend .band {
        width: 22px;
        border-radius: 3px;
      }
      @container zones (max-width: 620px) {
        .line {
          grid-template-columns: 28px minmax(0, 1fr) auto;
        }
        .phase {
          grid-area: 1 / 1;
        }
        .zone {
          font-size: 13px;
        }
        .line .zone {
          grid-area: 1 / 2;
        }
        .load-text {
          grid-area: 1 / 3;
        }
        .bar {
          grid-area: 2 / 1 / auto / -1;
        }
        small {
          grid-area: 3 / 1 / auto / -1;
        }
      }
    `]}};R([F({attribute:!1})],uc.prototype,`circuit`,void 0),R([F({type:Boolean})],uc.prototype,`hasMeaning`,void 0),R([F({attribute:!1})],uc.prototype,`locale`,void 0),R([F({attribute:!1})],uc.prototype,`localize`,void 0);var dc=g`
  :host {
    container: greenup / inline-size;
  }
  :is(.toolbar, .above) {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ews-space-2) var(--ews-space-4);
    min-height: 36px;
    margin-bottom: var(--ews-space-4);
  }
  .whole {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ews-space-2) var(--ews-space-4);
    margin-inline-start: auto;
  }
  .hint {
    display: flex;
    flex: 1 1 300px;
    align-items: center;
    gap: var(--ews-space-2);
    margin: 0;
    color: var(--ews-muted);
    font-size: 13px;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ews-space-2);
    margin: 0 0 var(--ews-space-4);
    padding: var(--ews-space-2) var(--ews-space-3);
    border-radius: var(--ews-radius-small);
    --ews-tone: var(--ews-bad);
    background: color-mix(in srgb, var(--ews-tone) 14%, transparent);
  }
  .notice > span {
    flex: 1 1 220px;
  }
  .notice.warn {
    --ews-tone: var(--ews-warn);
  }
  .notice svg {
    color: color-mix(in srgb, var(--ews-tone) 80%, var(--primary-text-color));
  }
  .sections {
    display: grid;
    gap: var(--ews-space-4);
  }
  .sections li {
    border-top: 1px solid var(--divider-color);
  }
  .ghost {
    display: flex;
    align-items: center;
    gap: var(--ews-space-4);
    height: 84px;
    padding: 0 var(--ews-space-4);
  }
  .ghost .bone:first-child {
    border-radius: 50%;
  }
  .sessions legrand-ews-charging-sessions {
    padding: 0 var(--ews-space-4) var(--ews-space-4);
  }
  @container greenup (max-width: 700px) {
    .toolbar legrand-ews-segmented {
      order: 1;
      width: 100%;
    }
    .whole {
      justify-content: space-between;
      width: 100%;
      margin: 0;
    }
  }
`,fc=`/config/integrations/integration/legrand_ews`,pc=class extends za{constructor(...e){super(...e),this.grouping=`priority`,this.entities=[],this.readAddress=()=>{this.page=Er(location.search)??this.page}}static getStubConfig(){return{}}static getConfigForm(){return Xr()}getCardSize(){return 10}getGridOptions(){return{columns:12,min_columns:6}}connectedCallback(){super.connectedCallback(),window.addEventListener(`popstate`,this.readAddress),window.addEventListener(`location-changed`,this.readAddress),this.readAddress()}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener(`popstate`,this.readAddress),window.removeEventListener(`location-changed`,this.readAddress),this.leave()}leave(){this.source?.close(),this.source=void 0,this.sourceOf=void 0,this.live?.close(),this.live=void 0}concerns(e){let{hass:t}=this;return e.locale!==t.locale||e.devices!==t.devices||e.themes!==t.themes||this.entities.some(n=>e.states[n]!==t.states[n])}get shownPage(){return this.page??this.config?.page??`management`}get charging(){return this.source?.state.value}willUpdate(e){if(super.willUpdate(e),!this.isConnected)return;let{hass:t,config:n}=this,r=n?.config_entry_id,i=JSON.stringify([r,t.locale.language]);i!==this.sourceOf&&(this.leave(),this.sourceOf=i,this.source=new Os(t,r,()=>this.tell()),Xo(t).then(()=>this.tell())),this.followStation(r);let a=(this.store?.state.value?.devices??[]).filter(e=>this.charging?.stations.some(({id:t})=>t===e.id)).flatMap(e=>Object.values(e.commands));this.entities=[...a,...Object.values(this.charging?.entities??{})]}followStation(e){let t=this.shownPage===`details`?this.deviceOf(this.chosenStation):void 0;this.live?.device!==t?.id&&(this.live?.close(),this.live=t?new yo(this.hass,e,t.id,()=>this.tell()):void 0)}deviceOf(e){if(e)return this.store?.state.value?.devices.find(t=>t.id===e.id)}get chosenStation(){let{stations:e}=this.charging??{stations:[]},t=Ms(e,`all`,[])[0]?.stations[0];return e.find(e=>e.id===this.chosen)??t}render(){let{source:e,store:t,hass:n,localize:r}=this,i=t?.state.value,a=this.charging;if(!e||!t)return y;let o=e.state.error??t.state.error;if((!a||!i)&&o!==void 0)return _`<ha-card>${E(o,n,r,()=>{e.again(),i||t.refresh()})}</ha-card>`;if(!a||!i)return this.skeleton();if(!a.is_set_up&&a.stations.length===0)return _`<ha-card>${this.notSetUp(!1)}</ha-card>`;let s=this.shownPage;return _`
      <div class="toolbar">
        <legrand-ews-segmented
          .options=${Tr.map(e=>({value:e,label:r(`greenup.pages.${e}`)}))}
          .value=${s}
          .label=${r(`greenup.page`)}
          @change=${e=>this.turn(e.detail)}
        ></legrand-ews-segmented>
        ${this.whole(s,a)}
      </div>
      ${this.notices(a)} ${this.content(s,a,i)}
    `}turn(e){this.page=e;let t=new URL(location.href);t.searchParams.set(`page`,e),history.replaceState(history.state,``,t)}content(e,t,n){return e===`details`?this.details(t,n):e===`sessions`?this.sessions(t,n):t.is_set_up?e===`management`?this.management(t,n):_`<legrand-ews-charging-live
      .hass=${this.hass}
      .entry=${this.config?.config_entry_id}
      .charging=${t}
      .zone=${n.time_zone}
      .localize=${this.localize}
    ></legrand-ews-charging-live>`:_`<ha-card>${this.notSetUp(!0)}</ha-card>`}get canSetUp(){return this.hass.user?.is_admin??!1}setupLink(e){return _`<a class="tonal" href=${fc} @click=${Vi}>
      ${this.localize(e)}
    </a>`}notSetUp(e){let{localize:t}=this;return T({path:h,title:t(`greenup.empty_title`),text:t(e?`greenup.empty_text`:`greenup.empty_stations`),...this.canSetUp?{action:this.setupLink(`greenup.set_up`)}:{}})}whole(e,t){let{is_set_up:n,is_enabled:r}=t,i=n&&e===`management`,a=n&&r?qs(t):void 0;return!a&&!i?y:_`<div class="whole">
      ${a?cc(a,this.localize):y}
      ${i?_`<legrand-ews-management-switch
              .hass=${this.hass}
              .charging=${t}
              .localize=${this.localize}
            ></legrand-ews-management-switch>`:y}
    </div>`}notices(e){if(!e.is_set_up)return y;let t=this.canSetUp?this.setupLink(`greenup.settings`):y;return Ys(e,this.shownPage,t,this.localize)}groupingBar(e,t){let{localize:n}=this;return _`<legrand-ews-segmented
      .options=${e.map(e=>({value:e,label:n(`greenup.by.${e}`)}))}
      .value=${t}
      .label=${n(`greenup.list_by`)}
      @change=${e=>{this.grouping=e.detail}}
    ></legrand-ews-segmented>`}sectionTitle({key:e,group:t}){let{localize:n}=this;return e===`priority`||e===`normal`?n(`greenup.section_${e}`):t?t.name:n(t===null?`greenup.no_group`:`greenup.all_stations`)}management(e,t){let{localize:n}=this,r=Ms(e.stations,this.grouping,t.groups);return _`<div class="above">
        ${this.groupingBar(ks,this.grouping)}
        <p class="hint">
          ${w(`M11,9H13V7H11M12,20C7.59,20 4,16.41 4,12C4,7.59 7.59,4 12,4C16.41,4 20,7.59 20,12C20,16.41 16.41,20 12,20M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M11,17H13V11H11V17Z`)} ${n(`greenup.process_only`)}
        </p>
      </div>
      <div class="sections">
        ${ys(r,e=>e.key,r=>_`<ha-card>
            <h2>
              ${this.sectionTitle(r)} <small>${r.stations.length}</small>
            </h2>
            <ul>
              ${ys(r.stations,e=>e.id,r=>_`<li>
                  <legrand-ews-charging-row
                    .hass=${this.hass}
                    .entry=${this.config?.config_entry_id}
                    .station=${r}
                    .device=${this.deviceOf(r)}
                    .zone=${t.time_zone}
                    .place=${Rs(e,r.id)}
                    .localize=${n}
                  ></legrand-ews-charging-row>
                </li>`)}
            </ul>
          </ha-card>`)}
      </div>`}details(e,t){let{localize:n,hass:r}=this,{stations:i}=e,a=this.chosenStation;if(!a)return _`<ha-card>
        ${T({path:h,title:n(`greenup.no_stations`)})}
      </ha-card>`;let o=this.grouping===`priority`?`all`:this.grouping,s=Ms(i,o,t.groups);return _`<div class="above">
        ${this.groupingBar([`all`,`group`],o)}
        <legrand-ews-picker
          .options=${s.flatMap(e=>e.stations.map(t=>({value:String(t.id),label:[t.address,t.name].filter(Boolean).join(` · `),...o===`group`?{group:this.sectionTitle(e)}:{}})))}
          .value=${String(a.id)}
          .label=${n(`greenup.station`)}
          @change=${e=>{this.chosen=Number(e.detail)}}
        ></legrand-ews-picker>
      </div>
      <legrand-ews-station-details
        .hass=${r}
        .entry=${this.config?.config_entry_id}
        .site=${t}
        .charging=${e}
        .station=${a}
        .device=${this.deviceOf(a)}
        .live=${this.live?.value}
        .localize=${n}
      ></legrand-ews-station-details>`}sessions(e,t){let n=e.stations.filter(e=>e.session!==null).map(e=>`${e.id} ${e.session?.start}`);return _`<ha-card class="sessions">
      <h2>${this.localize(`greenup.sessions`)}</h2>
      <legrand-ews-charging-sessions
        .hass=${this.hass}
        .entry=${this.config?.config_entry_id}
        .stations=${e.stations}
        .occasion=${n.join()}
        .zone=${t.time_zone}
        .localize=${this.localize}
      ></legrand-ews-charging-sessions>
    </ha-card>`}skeleton(){let e=(e,t)=>_`<span class="bone" style="width:${e};height:${t}px"></span>`;return _`<div class="toolbar" role="status" aria-label=${this.localize(`consumption.loading`)}>
        ${e(`280px`,36)}
      </div>
      <ha-card aria-hidden="true">
        <h2>${e(`160px`,20)}</h2>
        <ul>
          ${[1,2,3].map(()=>_`<li class="ghost">${e(`44px`,44)} ${e(`60%`,18)}</li>`)}
        </ul>
      </ha-card>`}static{this.styles=[D,O,un,lc,dc]}};R([I()],pc.prototype,`page`,void 0),R([I()],pc.prototype,`grouping`,void 0),R([I()],pc.prototype,`chosen`,void 0);var mc=class extends za{constructor(...e){super(...e),this.save=async()=>{let{url:e}=await on(this.hass,this.config?.config_entry_id);zi(e,``)}}static getStubConfig(){return{}}static getConfigForm(){return Zr()}getCardSize(){return 5}getGridOptions(){return{columns:12,min_columns:6}}disconnectedCallback(){super.disconnectedCallback(),this.stopSource?.(),this.source=void 0,this.sourceOf=void 0}concerns(e){return e.locale!==this.hass.locale||e.devices!==this.hass.devices}willUpdate(e){super.willUpdate(e);let{hass:t,config:n}=this,r=JSON.stringify([n?.config_entry_id,t.locale.language]);this.isConnected&&r!==this.sourceOf&&(this.sourceOf=r,this.stopSource?.(),this.source=new gi(()=>an(this.hass,n?.config_entry_id)),this.stopSource=this.source.listen(()=>this.tell()),this.source.refresh())}render(){let{source:e,hass:t,localize:n}=this;if(!e)return y;let{value:r,error:i}=e.state;return _`<ha-card>
      <header>
        ${w(pe)}
        <div>
          <h2>${n(`links.title`)}</h2>
          <p>${n(`links.about`)}</p>
        </div>
        ${r&&r.length>0&&t.user?.is_admin?_`<button
                class="icon-button"
                aria-label=${n(`links.export`)}
                title=${n(`links.export`)}
                @click=${this.save}
              >
                ${w(ne)}
              </button>`:y}
      </header>
      ${i!==void 0&&!r?E(i,t,n,()=>void e.refresh()):r?this.list(r):_`<span class="bone" style="width:100%;height:120px"></span>`}
    </ha-card>`}list(e){let{localize:t}=this;return e.length===0?T({path:pe,title:t(`links.none`),text:t(`links.none_hint`)}):_`<div class="heads" aria-hidden="true">
        <span>${t(`links.event`)}</span><span></span>
        <span>${t(`links.action`)}</span>
      </div>
      <ul>
        ${e.map(e=>_`<li class=${e.error?`faulty`:``}>
            ${this.end(e.event,`links.event`)} ${w(`M4,11V13H16L10.5,18.5L11.92,19.92L19.84,12L11.92,4.08L10.5,5.5L16,11H4Z`,`turns`)}
            ${this.end(e.action,`links.action`)}
            ${e.comment?_`<p class="comment">${e.comment}</p>`:y}
            ${e.error?_`<p class="error">${w(r)} ${e.error}</p>`:y}
          </li>`)}
      </ul>`}end(e,t){let{localize:n}=this,r=[e.gateway_name,e.address===null?``:n(`board.address`,{address:e.address})].filter(Boolean);return _`<div class="end">
      <span class="hidden">${n(t)}: </span>
      <b>${e.name??n(`links.gone`,{device:e.device})}</b>
      <span>${e.function}</span>
      <small>${r.join(` · `)}</small>
    </div>`}static{this.styles=[D,O,g`
      ha-card {
        display: block;
        padding: var(--ews-space-4);
        container-type: inline-size;
      }
      header {
        display: flex;
        align-items: flex-start;
        gap: var(--ews-space-3);
        margin-bottom: var(--ews-space-3);
        --ews-icon: 24px;
      }
      header > svg {
        margin-top: 2px;
        color: var(--ews-muted);
      }
      header > div {
        flex: 1;
        min-width: 0;
      }
      h2 {
        margin: 0;
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ews-medium-weight);
      }
      p {
        margin: 0;
        color: var(--ews-muted);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      :is(li, .heads) {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 24px minmax(0, 1fr);
        align-items: center;
        gap: var(--ews-space-1) var(--ews-space-4);
        padding: var(--ews-space-3) 0;
        border-top: 1px solid var(--divider-color);
      }
      .heads {
        padding: 0 0 var(--ews-space-1);
        border: 0;
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      li > svg {
        color: var(--ews-muted);
      }
      .end {
        display: grid;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .end b {
        font-weight: var(--ews-medium-weight);
      }
      .end small {
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      li > p {
        grid-column: 1 / -1;
        font-size: 13px;
      }
      .error {
        display: flex;
        gap: var(--ews-space-2);
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        color: inherit;
        background: color-mix(in srgb, var(--ews-bad) 12%, transparent);
      }
      .error svg {
        color: var(--ews-bad);
      }
    `]}},hc={electricity:`#f28c1e`,electricity_export:`#c9a227`,gas:`#3f9e4d`,gas_kwh:`#3f9e4d`,water:`#2f86d6`};function gc(e){let t=e.filter(e=>(e.total??0)>0),n=t.reduce((e,t)=>e+(t.total??0),0),r=0;return t.map(({key:e,name:t,color:i,total:a})=>{let o=a??0,s={key:e,name:t,total:o,color:i,start:r,share:o/n};return r+=s.share,s})}function _c(e,t){let n=e.filter(e=>(e.total??0)>0).sort((e,t)=>(t.total??0)-(e.total??0)),r=n.reduce((e,t)=>e+(t.total??0),0),i=0;return n.map((e,a)=>{let o=e.total??0,s=o/r,c=n.length>1?a/(n.length-1)*.7:0,l=Math.round(100*(1-c)),u={key:e.key,name:e.name,total:o,share:s,start:i,color:`color-mix(in srgb, ${t} ${l}%, var(--card-background-color))`};return i+=s,u})}var V=[`mon`,`tue`,`wed`,`thu`,`fri`,`sat`,`sun`],vc=[`#d62728`,`#1f77b4`,`#2ca02c`,`#ff7f0e`,`#9467bd`,`#8c564b`,`#17becf`,`#bcbd22`,`#e377c2`,`#7f7f7f`];function yc({tariffs:e,rules:t,mode:n}){return{tariffs:e,rules:t,mode:n}}function bc(e,t){return JSON.stringify(yc(e))===JSON.stringify(yc(t))}function xc(e,t){let n=({tariffs:e,rules:t,mode:n})=>JSON.stringify([e.map(({name:e,color:t,prices:n})=>[e,t,...n.map(({from:e,price:t})=>[e,Number(t)])]),t.map(e=>Object.entries(e).sort()),n]);return n(e)===n(t)}function Sc(e){return{tariff:e,start_date:null,end_date:null,repeat_yearly:!1,from:`00:00`,to:`23:59`,weekdays:[...V]}}function Cc(e){let t=new Set(e.tariffs.map(({color:e})=>e));return{name:``,color:vc.find(e=>!t.has(e))??vc[0]??`#d62728`,prices:[{from:null,price:``}]}}function wc(e,t,n){let r=[...e.rules],[i]=r.splice(t,1);return!i||n<0||n>r.length?e:(r.splice(n,0,i),{...e,rules:r})}function Tc(e,t,n){let r=t===null?[n,...e.rules]:e.rules.map((e,r)=>r===t?n:e);return{...e,rules:r}}function Ec(e,t){return{...e,rules:e.rules.filter((e,n)=>n!==t)}}function Dc(e,t,n){let r=t===null?void 0:e.tariffs[t],i=t===null?[...e.tariffs,n]:e.tariffs.map((e,r)=>r===t?n:e),a=e.tariffs.length===0&&e.rules.length===0?[Sc(n.name)]:e.rules.map(e=>r&&e.tariff===r.name?{...e,tariff:n.name}:e);return{...e,tariffs:i,rules:a}}function Oc(e,t){let n=e.tariffs[t];return{...e,tariffs:e.tariffs.filter((e,n)=>n!==t),rules:e.rules.filter(e=>e.tariff!==n?.name)}}var kc=e=>[...e].sort((e,t)=>(e.from??``).localeCompare(t.from??``));function Ac(e,t){return kc(e).findLast(({from:e})=>(e??``)<=t)?.price??null}function jc({prices:e},t){return Ac(e,t)??kc(e)[0]?.price??null}function Mc(e){let t=(e,t=[])=>t.map(t=>({kind:e,name:t.name,rates:t.prices,charge:t}));return[...t(`fee`,e.fees),...t(`capacity`,e.capacity?[e.capacity]:[]),...t(`tier`,e.tiers),...t(`levy`,e.levies),...(e.taxes??[]).map(({name:e,percents:t})=>({kind:`tax`,name:e,rates:t.map(({from:e,percent:t})=>({from:e,price:t}))}))]}function Nc({kind:e,rates:t,charge:n},r,i,a,o,s){let c=Ac(t,r);if(c===null)return``;if(e===`tax`)return k(Number(c)/100,o,{style:`percent`,maximumFractionDigits:3});let l=wn(c,i,o);return e===`fee`?s(n?.per===`day`?`bill.a_day`:`bill.a_month`,{price:l}):`${l}/${e===`capacity`?a===`kWh`?`kW`:`${a}/h`:a}`}var Pc=g`
  table {
    width: 100%;
    border-collapse: collapse;
  }
  :is(th, td) {
    padding: 10px var(--ews-space-2);
    border-bottom: 1px solid var(--divider-color);
    font-weight: normal;
    text-align: end;
    vertical-align: middle;
  }
  thead th {
    padding-block: var(--ews-space-1);
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  thead th::first-letter {
    text-transform: uppercase;
  }
  th:first-child {
    text-align: start;
  }
  .about {
    margin: 0;
    color: var(--ews-muted);
  }
  .unpriced {
    color: var(--ews-muted);
  }
  tfoot :is(th, td) {
    border-bottom: 0;
    font-weight: var(--ews-medium-weight);
  }
  .main {
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
    white-space: nowrap;
  }
  td small {
    display: block;
    color: var(--ews-muted);
  }
  .fluid {
    display: inline-flex;
    align-items: center;
    gap: var(--ews-space-2);
    font-weight: var(--ews-medium-weight);
  }
  .fluid svg {
    color: var(--ews-fluid);
  }
  .rings {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 270px), 1fr));
    gap: var(--ews-space-4);
  }
  .rings.money {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
  }
  .rings[hidden] {
    display: none;
  }
  section {
    container: fluid / inline-size;
    min-height: 240px;
    padding: var(--ews-space-3) var(--ews-space-4) var(--ews-space-4);
    border: 1px solid var(--divider-color);
    border-block-start: 3px solid var(--ews-fluid);
    border-radius: var(--ews-radius);
  }
  h3 {
    margin: 0 0 var(--ews-space-3);
    font-size: var(--ews-large);
  }
  .circle {
    width: 168px;
    height: 168px;
    border-radius: 50%;
  }
  .none {
    color: var(--ews-muted);
  }
  @container fluid (max-width: 380px) {
    .circle {
      display: block;
      margin-inline: auto;
    }
  }
  @container (max-width: 520px) {
    :is(th, td) {
      padding-inline: 4px;
    }
  }
`,Fc=[`quantity`,`money`],Ic={electricity:ae,electricity_export:Oe,gas:ie,gas_kwh:ie,water:ke},Lc=class extends Ua{constructor(...e){super(...e),this.plans=new Map}static getStubConfig(){return{}}static getConfigForm(){return Gr()}get heading(){return this.config?.title??this.localize(`overall.title`)}scopes(e){let{compare:t,isMoney:n}=this;return this.told(e).map(e=>({level:`site`,by:`load`,compare:t,fluid:e,...n?{isMoney:n}:{}}))}told(e){return e?this.isMoney?ui(e):fi(e):[]}get isMoney(){return(this.measure??this.config?.measure)===`money`}disconnectedCallback(){super.disconnectedCallback();for(let e of this.plans.values())e();this.plans.clear()}willUpdate(e){super.willUpdate(e);let t=this.store?.state.value;if(!t||!this.isMoney||!this.isConnected)return;let n=M(new Date,t.time_zone);for(let e of ui(t)){let t=Li(this.hass,this.config?.config_entry_id,e,n);t.update(this.hass,n),this.plans.has(t)||this.plans.set(t,t.listen(()=>this.tell()))}}get hasMore(){let e=[...this.plans.keys()].map(({state:{value:e}})=>e);return this.isMoney&&e.some(e=>e&&Mc(e).length>0)}hasPrice(e){let t=[...this.plans.keys()].find(t=>t.fluid===e);return!this.isMoney||t?.state.value?.tariffs.length!==0}choices(){let{localize:e}=this;return _`<legrand-ews-segmented
      .options=${Fc.map(t=>({value:t,label:e(`measures.${t}`)}))}
      .value=${this.isMoney?`money`:`quantity`}
      .label=${e(`measures.title`)}
      @change=${({detail:e})=>{this.measure=e}}
    ></legrand-ews-segmented>`}sum(e,t){let n=this.sources.map(({state:{value:e}})=>e);if(this.isMoney)return`${t.current} · ${this.money(n)}`;let r=this.store?.state.value,i=r?ui(r):[],a=n.flatMap(e=>e&&e.total!==null&&i.includes(e.fluid)?this.named(e):[]),o=[this.localize(`consumption.missing`)];return[t.current,...a.length>0?a:o].join(` · `)}named({fluid:e,total:t,unit:n}){return`${this.localize(`fluids.${e}`)} ${A(t,n,this.hass.locale)}`}money(e,t=!1){let n=e.filter(e=>(t?e?.compare:e)?.total!=null).map(Gt);return Sn(Yn(n.map(e=>(t?e?.compare:e)?.cost_total)),n.find(e=>e)?.currency??``,this.hass.locale)}summary(e,{now:t,zone:n}){return va(e,t,this.hass.locale,n,this.localize)}csv(e){let{localize:t}=this,n=this.sources.flatMap(({state:{value:n}})=>n?this.summary(n,e).rows.map(e=>({...e,name:`${t(`fluids.${n.fluid}`)}: ${e.name}`,unit:n.unit})):[]),r=this.sources[0]?.state.value;if(r&&n.length!==0)return $i(r,n,e.zone,e.now)}content(e,t){let{localize:n}=this;if(t.site&&this.sources.length===0)return this.say(`overall.no_meters`,ue);let r=this.sources.map(({state:{value:e}})=>({answer:e,summary:e&&this.summary(e,t)})),i=this.told(t.site),a=t.site?ui(t.site):[];return _`${this.table(i,r,t)}
      ${this.hasMore?_`<p class="about">${n(`bill.energy_only`)}</p>`:y}
      ${r.every(({summary:e})=>e?.isEmpty)?this.say(`consumption.empty`,`M13,2.05V5.08C16.39,5.57 19,8.47 19,12C19,12.9 18.82,13.75 18.5,14.54L21.12,16.07C21.68,14.83 22,13.45 22,12C22,6.82 18.05,2.55 13,2.05M12,19A7,7 0 0,1 5,12C5,8.47 7.61,5.57 11,5.08V2.05C5.94,2.55 2,6.81 2,12A10,10 0 0,0 12,22C15.3,22 18.23,20.39 20.05,17.91L17.45,16.38C16.17,18 14.21,19 12,19Z`):_`<div
              class="rings ${this.isMoney?`money`:``}"
              ?hidden=${this.isTable}
            >
              ${this.isMoney?this.ringOfFluids(i,r):y}
              ${a.map(e=>this.ring(e,r[i.indexOf(e)]))}
            </div>`}`}say(e,t){return _`<div class="nothing">
      ${T({path:t,title:this.localize(e)})}
    </div>`}ringOfFluids(e,t){let{hass:n,localize:r}=this,i=t.find(({answer:e})=>e)?.answer?.unit??``,a=e.map((e,n)=>{let i=r(`fluids.${e}`),a=t[n]?.summary?.total??null;return{key:e,id:null,name:i,color:hc[e],total:a,values:[],previousValues:[],previousTotal:null}}),o=this.money(t.map(({answer:e})=>e)),s=gc(a);return _`<section style="--ews-fluid:var(--primary-color)">
      <h3>${r(`overall.fluids`)}</h3>
      ${t.some(({summary:e})=>!e)?_`<span class="bone circle"></span>`:s.length===0?_`<p class="none">${r(`consumption.empty`)}</p>`:_`<legrand-ews-ring
                .shares=${s}
                .amount=${e=>A(e,i,n.locale)}
                .whole=${o}
                .label=${r(`overall.ring_money`,{total:o})}
                .locale=${n.locale}
              ></legrand-ews-ring>`}
    </section>`}table(e,t,n){let{localize:r,hass:i}=this,a=this.names(t[0]?.answer,n),o=this.compare!==`none`;return _`<div class="wide"><table>
      <caption class="hidden">${r(`overall.caption`,{period:a.current})}</caption>
      <thead>
        <tr>
          <th scope="col"><span class="hidden">${r(`consumption.fluid`)}</span></th>
          <th scope="col">${a.current}</th>
          ${o?_`<th scope="col">${a.previous}</th>
                  <th scope="col">${r(`consumption.difference`)}</th>`:y}
        </tr>
      </thead>
      <tbody>
        ${(e.length>0?e:[void 0,void 0,void 0]).map((e,r)=>{let{summary:s,answer:c}=t[r]??{},l=c?.unit??``,u=t=>s&&e?A(t??null,l,i.locale):this.bone(`64px`,16);return e&&!this.hasPrice(e)?this.unpriced(e,o):_`<tr>
              <th scope="row">
                ${e?this.fluidName(e):this.bone(`90px`,16)}
              </th>
              <td class="main">${u(s?.total)}</td>
              ${o?_`<td>${u(s?.previousTotal)}</td>
                      <td>${this.difference(s,a,n)}</td>`:y}
            </tr>`})}
      </tbody>
      ${this.isMoney?this.totals(t,o):y}
    </table></div>`}unpriced(e,t){return _`<tr>
      <th scope="row">${this.fluidName(e)}</th>
      <td class="unpriced" colspan=${t?3:1}>
        ${this.localize(`overall.no_price`)}
      </td>
    </tr>`}totals(e,t){let{localize:n}=this;if(e.length===0||e.some(({summary:e})=>!e))return y;let r=e.map(({answer:e})=>e);return _`<tfoot>
      <tr>
        <th scope="row">${n(`consumption.total`)}</th>
        <td class="main">${this.money(r)}</td>
        ${t?_`<td>${this.money(r,!0)}</td><td></td>`:y}
      </tr>
    </tfoot>`}fluidName(e){return _`<span class="fluid" style="--ews-fluid:${hc[e]}">
      ${w(Ic[e]??`M7,2V13H10V22L17,10H13L17,2H7Z`)} ${this.localize(`fluids.${e}`)}
    </span>`}difference(e,t,n){if(!e)return this.bone(`48px`,16);let{difference:r}=e;if(!r||r.ratio===null)return`–`;let{locale:i}=this.hass,a=Pa(r,t.period,i,n.zone,this.localize);return _`${kn(r.ratio,i)}
      ${a?_`<small>${a}</small>`:y}`}ring(e,t){let{hass:n,localize:r}=this;if(!this.hasPrice(e))return y;let i=t?.summary,a=t?.answer?.unit??``,o=i?_c(i.rows,hc[e]):[],s=En(i?.total??0,a,n.locale),c=gn(i?.total??0,a),l=e=>A(e,a,n.locale,c),u=r(`overall.ring`,{fluid:r(`fluids.${e}`),total:A(i?.total??null,a,n.locale)});return _`<section style="--ews-fluid:${hc[e]}">
      <h3>${this.fluidName(e)}</h3>
      ${i?o.length===0?_`<p class="none">${r(`consumption.empty`)}</p>`:_`<legrand-ews-ring
                .shares=${o}
                .amount=${l}
                .whole=${s.number}
                .wholeUnit=${s.unit}
                .label=${u}
                .locale=${n.locale}
              ></legrand-ews-ring>`:_`<span class="bone circle"></span>`}
    </section>`}static{this.styles=[D,O,Qr,Pc]}};R([I()],Lc.prototype,`measure`,void 0);var Rc=class{constructor(e,t=400){this.watch=e,this.settleMs=t,this.wanted=[],this.held=[],this.work=Promise.resolve()}set(e){this.wanted=[...new Set(e)].sort((e,t)=>e-t),clearTimeout(this.timer),this.timer=setTimeout(()=>{this.work=this.work.then(()=>this.settle())},this.settleMs)}close(){return clearTimeout(this.timer),this.wanted=[],this.work=this.work.then(()=>this.settle()),this.work}async settle(){let e=this.wanted;if(e.join()===this.held.join())return;let t=this.release;if(this.release=void 0,this.held=[],e.length>0)try{this.release=await this.watch(e),this.held=e}catch{this.release=void 0}try{await t?.()}catch{}}},zc=`/config/integrations/integration/legrand_ews`;function Bc(e,t){return _`<ha-card>
      ${T({path:ge,title:e(`board.empty_title`),text:e(`board.empty_text`),...t?{action:_`<a class="tonal" href=${zc} @click=${Vi}>
                ${e(`board.empty_action`)}
              </a>`}:{}})}
    </ha-card>`}function Vc(e){let t=(e,t)=>_`<span class="bone" style="width:${e};height:${t}px"></span>`;return _`
      <div class="toolbar" role="status" aria-label=${e(`consumption.loading`)}>
        ${t(`280px`,36)}
      </div>
      <div class="sections" aria-hidden="true">
        <ha-card>
          <header>${t(`24px`,24)}<div class="names">${t(`160px`,18)}</div></header>
          <ul>
            ${[52,38,46,60,42,50].map(e=>_`<li class="ghost">
                ${t(`36px`,36)}<span>${t(`${e}%`,14)}</span>${t(`72px`,16)}
              </li>`)}
          </ul>
        </ha-card>
      </div>
    `}var Hc=g`
      :host {
        container: board / inline-size;
      }
      .toolbar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        min-height: 36px;
        margin-bottom: var(--ews-space-4);
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ews-space-2);
      }
      .chip {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: 32px;
        padding: 0 var(--ews-space-3);
        border: 1px solid var(--divider-color);
        border-radius: var(--ha-border-radius-pill, 9999px);
        font-size: 13px;
        white-space: nowrap;
      }
      .chip:hover {
        background: var(--ews-track);
      }
      .chip b {
        color: var(--ews-muted);
        font-weight: var(--ews-medium-weight);
      }
      .chip[aria-pressed="true"] {
        border-color: var(--primary-color);
        background: color-mix(in srgb, var(--primary-color) 14%, transparent);
      }
      :is(.chip, .link) i {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--disabled-color, #bdbdbd);
      }
      :is(.chip.on, .link.connected) i {
        background: var(--ews-good);
      }
      :is(.chip.communication_error, .chip.failure) i {
        background: var(--ews-bad);
      }
      .chip.configuration i {
        background: var(--ews-warn);
      }
      .search {
        display: flex;
        flex: 1 1 200px;
        align-items: center;
        gap: var(--ews-space-2);
        max-width: 320px;
        min-height: 36px;
        margin-inline-start: auto;
        padding-inline: var(--ews-space-3) 2px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        color: var(--ews-muted);
        background: var(--ews-track);
      }
      .search:focus-within {
        outline: 2px solid var(--primary-color);
      }
      .search input {
        flex: 1;
        min-width: 0;
        height: 36px;
        padding: 0;
        border: 0;
        outline: 0;
        color: var(--primary-text-color);
        background: none;
        font: inherit;
      }
      .search input::-webkit-search-cancel-button {
        display: none;
      }
      .search .icon-button {
        width: 32px;
        height: 32px;
      }
      .sections {
        display: grid;
        gap: var(--ews-space-4);
      }
      ha-card {
        display: block;
        overflow: hidden;
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--ews-space-3);
        padding: var(--ews-space-3) var(--ews-space-4);
        border-bottom: 1px solid var(--divider-color);
        --ews-icon: 24px;
      }
      header > svg.icon {
        width: 36px;
        color: var(--ews-muted);
      }
      .names {
        flex: 1;
        min-width: 0;
      }
      :is(h2, .names p) {
        margin: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      h2 {
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
      }
      h2 a:hover {
        text-decoration: underline;
      }
      .names p {
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      .link {
        display: inline-flex;
        flex: none;
        align-items: center;
        gap: 6px;
        font-size: 13px;
        --ews-icon: 16px;
      }
      .link.unreachable {
        padding: 2px 10px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        color: var(--ews-bad);
        background: color-mix(in srgb, var(--ews-bad) 12%, transparent);
        font-weight: var(--ews-medium-weight);
      }
      .link.off {
        color: var(--ews-muted);
      }
      .count {
        flex: none;
        color: var(--ews-muted);
        font-size: 13px;
      }
      ul {
        margin: 0;
        padding: var(--ews-space-1) 0;
        list-style: none;
      }
      li + li {
        border-top: 1px solid color-mix(in srgb, var(--divider-color) 60%, transparent);
      }
      .ghost {
        display: flex;
        align-items: center;
        gap: var(--ews-space-4);
        height: 56px;
        padding: 0 var(--ews-space-4);
      }
      .ghost > span:nth-child(2) {
        flex: 1;
      }
      .ghost > .bone:first-child {
        border-radius: 50%;
      }
      .none {
        margin: 0;
        padding: var(--ews-space-4);
        color: var(--ews-muted);
      }
      @container board (max-width: 600px) {
        .toolbar legrand-ews-segmented {
          width: 100%;
        }
        .search {
          flex-basis: 100%;
          max-width: none;
        }
        .chips {
          flex-wrap: nowrap;
          max-width: 100%;
          overflow-x: auto;
          scrollbar-width: none;
        }
        header {
          flex-wrap: wrap;
          gap: var(--ews-space-1) var(--ews-space-3);
          padding: var(--ews-space-3);
        }
        .names {
          flex-basis: calc(100% - 48px);
        }
        .link {
          margin-inline-start: 48px;
        }
        .link + .count {
          margin-inline-start: auto;
        }
      }
    `,Uc=12,Wc=class extends za{constructor(...e){super(...e),this.search=``,this.status=null,this.only=null,this.onScreen=new Set,this.observed=new Set,this.entities=[],this.observer=new IntersectionObserver(e=>{for(let{target:t,isIntersecting:n}of e){let e=Number(t.dataset.device);n?this.onScreen.add(e):this.onScreen.delete(e)}this.renewLease()},{rootMargin:`100px`}),this.renewLease=()=>{this.lease?.set(document.hidden?[]:this.onScreen)},this.showAll=()=>{this.only=null,this.search=``,this.status=null}}static getStubConfig(){return{group_by:`gateway`}}static getConfigForm(){return Hr()}getCardSize(){return 12}getGridOptions(){return{columns:12,min_columns:6}}connectedCallback(){super.connectedCallback(),document.addEventListener(`visibilitychange`,this.renewLease),this.lease=new Rc(e=>en(this.hass,this.config?.config_entry_id,e))}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener(`visibilitychange`,this.renewLease),this.observer.disconnect(),this.observed.clear(),this.onScreen.clear(),this.lease?.close(),this.lease=void 0}concerns(e){let{hass:t}=this;if(e.locale!==t.locale||e.devices!==t.devices)return!0;let n=this.store?.state.value;return n!==this.entitiesOf&&(this.entities=n?Jo(n):[],this.entitiesOf=n),this.entities.some(n=>e.states[n]!==t.states[n])}willUpdate(e){super.willUpdate(e);let{language:t}=this.hass.locale;this.namesOf!==t&&(this.namesOf=t,Xo(this.hass).then(()=>this.tell()))}updated(e){let t=new Set(this.renderRoot.querySelectorAll(`[data-device]`));for(let e of this.observed)t.has(e)||(this.observer.unobserve(e),this.observed.delete(e),this.onScreen.delete(Number(e.dataset.device)));for(let e of t)this.observed.has(e)||(this.observed.add(e),this.observer.observe(e));this.renewLease()}render(){let{store:e,hass:t,localize:n}=this;if(!e)return y;let{value:r,error:i}=e.state;if(!r&&i!==void 0)return _`<ha-card>${E(i,t,n,()=>void e.refresh())}</ha-card>`;if(!r)return Vc(n);if(r.devices.length===0)return Bc(n,t.user?.is_admin??!1);let a=this.grouping??this.config?.group_by??`gateway`,{search:o,status:s}=this,c=yr(r,a,t.locale.language),l=c.some(e=>e.key===this.only)?this.only:null,u=Cr(c.filter(e=>l===null||e.key===l),r,t.states,{search:o,status:s});return _`
      ${this.toolbar(r,a,c)}
      <div class="sections">
        ${u.length>0?ys(u,e=>e.key,e=>this.section(e,r,a)):_`<ha-card>
                ${T({path:he,title:n(`board.nothing_found`),action:_`<button class="tonal" @click=${this.showAll}>
                    ${n(`board.show_all`)}
                  </button>`})}
              </ha-card>`}
      </div>
    `}toolbar(e,t,n){let{localize:r}=this;return _`<div class="toolbar">
      <legrand-ews-segmented
        .options=${hr.map(e=>({value:e,label:r(`editor.groupings.${e}`)}))}
        .value=${t}
        .label=${r(`board.group_by`)}
        @change=${e=>{this.grouping=e.detail}}
      ></legrand-ews-segmented>
      ${this.sectionPicker(t,n)} ${this.statuses(e)} ${e.devices.length>Uc?this.searchField():y}
    </div>`}sectionPicker(e,t){if(e===`all`||t.length<2)return y;let{localize:n}=this;return _`<legrand-ews-picker
      .options=${[{value:``,label:n(`board.all_${e}s`)},...t.map(({key:e,gateway:t,board:r})=>({value:e,label:t?.name??r?.name??n(`board.no_board`)}))]}
      .value=${this.only??``}
      .label=${n(`board.${e}`)}
      @change=${e=>{this.only=e.detail||null}}
    ></legrand-ews-picker>`}statuses(e){let t=wr(e.devices,this.hass.states),n=lr.filter(e=>t.has(e));return n.length<2?y:_`<div
      class="chips"
      role="group"
      aria-label=${this.localize(`board.filter_by_status`)}
    >
      ${n.map(e=>_`<button
          class="chip ${e}"
          aria-pressed=${this.status===e}
          @click=${()=>{this.status=this.status===e?null:e}}
        >
          <i></i>${this.localize(`status.${e}`)} <b>${t.get(e)}</b>
        </button>`)}
    </div>`}searchField(){let{localize:e}=this;return _`<label class="search">
      ${w(he)}
      <input
        type="search"
        placeholder=${e(`board.search`)}
        aria-label=${e(`board.search`)}
        .value=${this.search}
        @input=${e=>{this.search=e.target.value}}
      />
      ${this.search?_`<button
              class="icon-button"
              aria-label=${e(`board.clear_search`)}
              @click=${()=>{this.search=``}}
            >
              ${w(ee)}
            </button>`:y}
    </label>`}section(e,t,n){let{hass:r,localize:i}=this,a=new Map(t.gateways.map(e=>[e.id,e.name])),o=new Map(t.loads.map(e=>[e.id,e])),s=e.devices.map(e=>({device:e,status:ur(e,r.states),values:qo(e,r.states,r.locale)})),c=s.filter(({device:e})=>!e.excluded_from_totals).map(({values:e})=>e.power?.base??0),l=Math.max(0,...c);return _`<ha-card>
      ${this.header(e,r.locale.language)}
      ${s.length===0?_`<p class="none">${i(`board.empty_section`)}</p>`:_`<ul>
              ${ys(s,({device:e})=>e.id,({device:e,status:t,values:s})=>_`<li>
                  <legrand-ews-device-row
                    data-device=${e.id}
                    .device=${e}
                    .load=${o.get(e.load??-1)}
                    .status=${t}
                    .values=${s}
                    .gateway=${n===`gateway`?``:a.get(e.gateway)??``}
                    .largest=${l}
                    .path=${this.pathOf(e)}
                    .badges=${jo(e,r.states)}
                    .badgeText=${e=>$o(r,i,e.quantity,e.value)}
                    .localize=${i}
                  ></legrand-ews-device-row>
                </li>`)}
            </ul>`}
    </ha-card>`}pathOf(e){let t=this.config?.details_path;if(t!==void 0){let[,n=``]=location.pathname.split(`/`);return`/${n}/${t}?device=${e.id}`}return this.hass.user?.is_admin&&e.device_id?`/config/devices/device/${e.device_id}`:``}header({gateway:e,board:t,devices:n},r){let{localize:i}=this,a=_`<span class="count">
      ${jr(i,r,`board.devices`,n.length)}
    </span>`;if(e)return this.gatewayHeader(e,a);let o=t?.name??i(this.shownGrouping===`board`?`board.no_board`:`board.all_devices`);return _`<header>
      ${w(t?ge:`M3 5V19H20V5H3M7 7V9H5V7H7M5 13V11H7V13H5M5 15H7V17H5V15M18 17H9V15H18V17M18 13H9V11H18V13M18 9H9V7H18V9Z`)}
      <div class="names">
        <h2>${o}</h2>
        ${t?.description?_`<p>${t.description}</p>`:y}
      </div>
      ${a}
    </header>`}get shownGrouping(){return this.grouping??this.config?.group_by??`gateway`}gatewayHeader(e,t){let{hass:n,localize:r}=this,i=fr(e,n.states),a=n.user?.is_admin&&e.device_id?`/config/devices/device/${e.device_id}`:void 0,o=a?_`<a href=${a} @click=${Vi}>${e.name}</a>`:e.name,s=[e.address,e.description].filter(Boolean).join(` · `),c={unreachable:oe,off:`M9 6.19L7 4.19V2H17L13.5 9H17L15.18 12.37L11.43 8.62L13.76 4H9V6.19M19 18.73L17.73 20L13.41 15.68L10 22V14H7V9.27L2 4.27L3.27 3L19 18.73Z`};return _`<header>
      ${w(`M10,2C8.89,2 8,2.89 8,4V7C8,8.11 8.89,9 10,9H11V11H2V13H6V15H5C3.89,15 3,15.89 3,17V20C3,21.11 3.89,22 5,22H9C10.11,22 11,21.11 11,20V17C11,15.89 10.11,15 9,15H8V13H16V15H15C13.89,15 13,15.89 13,17V20C13,21.11 13.89,22 15,22H19C20.11,22 21,21.11 21,20V17C21,15.89 20.11,15 19,15H18V13H22V11H13V9H14C15.11,9 16,8.11 16,7V4C16,2.89 15.11,2 14,2H10M10,4H14V7H10V4M5,17H9V20H5V17M15,17H19V20H15V17Z`)}
      <div class="names">
        <h2>${o}</h2>
        <p title=${s}>${s}</p>
      </div>
      <span class="link ${i}">
        ${i===`unreachable`||i===`off`?w(c[i]):_`<i></i>`}
        ${r(`gateway_status.${i}`)}
      </span>
      ${t}
    </header>`}static{this.styles=[D,O,Hc]}};R([I()],Wc.prototype,`grouping`,void 0),R([I()],Wc.prototype,`search`,void 0),R([I()],Wc.prototype,`status`,void 0),R([I()],Wc.prototype,`only`,void 0);var Gc=``,Kc=class extends Wa{static getStubConfig(){return{}}static getConfigForm(){return Wr()}get chosenGroup(){return this.group===void 0?this.config?.group??null:this.group}get chosenLoad(){return this.load===void 0?this.config?.load??null:this.load}scopes(e){if(!e)return[];let{chosenGroup:t,chosenLoad:n}=this;return[{level:`site`,by:n===null?`load`:`device`,compare:this.compare,fluid:this.shownFluid(e),...t===null?{}:{group:t},...n===null?{}:{load:n}}]}shownFluid(e){let t=this.fluidsOfPart(e),n=this.config?.fluid??this.fluid;return t.includes(n)?n:t[0]??n}fluidsOfPart(e){let{chosenGroup:t,chosenLoad:n}=this,r=e.devices.filter(e=>si(e,t,n));return di({...e,devices:r})}get heading(){return this.config?.title??this.localize(`partials.title`)}choices({site:e}){let{localize:t}=this,n=e?.groups??[],r=(e?.loads??[]).filter(t=>e?.devices.some(e=>e.load===t.id)),i=e=>({value:Gc,label:e}),a=e=>({value:String(e.id),label:e.name}),o=e=>e===Gc?null:Number(e);return _`<div class="choices">
      <legrand-ews-picker
        .options=${[i(t(`partials.all_groups`)),...n.map(a)]}
        .value=${String(this.chosenGroup??Gc)}
        .label=${t(`partials.group`)}
        @change=${e=>{this.group=o(e.detail)}}
      ></legrand-ews-picker>
      <legrand-ews-picker
        .options=${[i(t(`partials.all_loads`)),...r.map(a)]}
        .value=${String(this.chosenLoad??Gc)}
        .label=${t(`partials.load`)}
        @change=${e=>{this.load=o(e.detail)}}
      ></legrand-ews-picker>
      ${e?this.fluids(this.fluidsOfPart(e),this.shownFluid(e)):``}
    </div>`}};R([I()],Kc.prototype,`group`,void 0),R([I()],Kc.prototype,`load`,void 0);var qc=g`
  .pie {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--ews-space-6);
    align-items: center;
    min-height: 320px;
  }
  .pie legrand-ews-ring {
    display: block;
  }
  h3 {
    margin: 0 0 var(--ews-space-2);
    font-size: var(--ews-normal);
    font-weight: var(--ews-medium-weight);
  }
  .circle {
    width: min(100%, 320px);
    aspect-ratio: 1;
    border-radius: 50%;
    justify-self: center;
  }
  @container (max-width: 620px) {
    .pie {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`,Jc=[`total`,`details`],Yc=[`cost`,`energy`],Xc=``,Zc=class extends Ga{constructor(...e){super(...e),this.measure=`cost`,this.deviceId=null,this.group=null,this.load=null}static getStubConfig(){return{}}static getConfigForm(){return Yr()}get chosenMode(){return this.mode??this.config?.mode??`total`}get chosenMeasure(){return this.chosenMode===`total`?`cost`:this.measure}candidates(e){let t=this.pricedFluid(e);return e.devices.filter(e=>ii(e).includes(t)&&si(e,this.group,this.load))}device(e){return this.candidates(e).find(({id:e})=>e===this.deviceId)}scopes(e){if(!e)return[];let{compare:t}=this,n={level:`site`,by:`tariff`,compare:t,fluid:this.pricedFluid(e),isMoney:!0};if(this.chosenMode===`total`)return[n];let r=this.device(e);if(r)return[{...n,level:`device`,ids:[r.id]}];let{group:i,load:a}=this;return[{...n,...i===null?{}:{group:i},...a===null?{}:{load:a}}]}answer(e){let t=Gt(super.answer(e));return t&&Wt(t,this.chosenMeasure)}get hasTable(){return this.chosenMode===`details`}get heading(){return this.config?.title??this.localize(`tariffs.title`)}choices({site:e}){let{localize:t}=this;return _`<div class="choices">
      <legrand-ews-segmented
        .options=${Jc.map(e=>({value:e,label:t(`tariffs.${e}`)}))}
        .value=${this.chosenMode}
        .label=${t(`tariffs.mode`)}
        @change=${({detail:e})=>{this.mode=e}}
      ></legrand-ews-segmented>
      ${e&&!this.config?.fluid?this.fluidTabs(e):y}
    </div>`}ticked(e){let t=e.rows.filter(({key:e})=>!this.hiddenKeys.has(e));return{...e,total:ua(t.map(({total:e})=>e))}}content(e,t){if(this.chosenMode===`details`)return _`${this.filters(t)} ${super.content(e,t)}`;let{hass:n,localize:r}=this,i=this.answer(t),a=i&&this.summary(i,t),o=i?.unit??``,s=this.names(i,t),c=a&&this.ticked(a),l=(a?.rows??[]).filter(({key:e})=>!this.hiddenKeys.has(e)),u=Gt(i),d=u&&Kt(u),f=Sn(Yn(l.map(({id:e})=>d?.get(e))),o,n.locale);return _`${this.notice(a)}
      <div class="pie">
        ${c?_`<legrand-ews-ring
                .shares=${gc(l)}
                .amount=${e=>A(e,o,n.locale)}
                .whole=${f}
                .wholeUnit=${s.current}
                .label=${r(`tariffs.ring`,{period:s.current,total:f})}
                .isPlain=${!0}
                .locale=${n.locale}
              ></legrand-ews-ring>`:_`<span class="bone circle"></span>`}
        <div>
          <h3>${r(`tariffs.tick`)}</h3>
          <legrand-ews-series-legend
            .summary=${c&&{...c,hasPrevious:!1}}
            .hiddenKeys=${this.hiddenKeys}
            .unit=${o}
            .previousName=${s.previous}
            .name=${r(`bill.tariffs`)}
            .isTicked=${!0}
            .locale=${n.locale}
            .localize=${r}
            @toggle=${({detail:e})=>this.toggle(e)}
          ></legrand-ews-series-legend>
        </div>
      </div>`}filters({site:e}){if(!e)return y;let{localize:t}=this,n=e=>({value:String(e.id),label:e.name}),r=e=>e===Xc?null:Number(e),i=new Map(e.gateways.map(e=>[e.id,e.name])),a=this.candidates(e).map(e=>({...n(e),group:i.get(e.gateway)??``})),o=this.pricedFluid(e),s=e.loads.filter(t=>e.devices.some(e=>e.load===t.id&&ii(e).includes(o))),c=(e,t,n,i,a)=>_`<legrand-ews-picker
      .options=${[{value:Xc,label:t},...n]}
      .value=${String(i??Xc)}
      .label=${e}
      @change=${({detail:e})=>a(r(e))}
    ></legrand-ews-picker>`;return _`<div class="choices">
      ${c(t(`details.device`),t(`tariffs.all_devices`),a,this.device(e)?.id??null,e=>{this.deviceId=e})}
      ${e.groups.length>0?c(t(`partials.group`),t(`partials.all_groups`),e.groups.map(n),this.group,e=>{this.group=e}):y}
      ${c(t(`partials.load`),t(`partials.all_loads`),s.map(n),this.load,e=>{this.load=e})}
      <legrand-ews-segmented
        .options=${Yc.map(e=>({value:e,label:t(`tariffs.${e}`)}))}
        .value=${this.measure}
        .label=${t(`tariffs.measure`)}
        @change=${({detail:e})=>{this.measure=e}}
      ></legrand-ews-segmented>
    </div>`}static{this.styles=[D,O,Qr,qc]}};R([I()],Zc.prototype,`mode`,void 0),R([I()],Zc.prototype,`measure`,void 0),R([I()],Zc.prototype,`deviceId`,void 0),R([I()],Zc.prototype,`group`,void 0),R([I()],Zc.prototype,`load`,void 0);function Qc(e,t,n,{fluid:r,days:i}){return e.callWS({type:`${x}/${t}`,fluid:r,...i,...n?{config_entry_id:n}:{}})}function $c(e,t,n){return Qc(e,`get_bill`,t,n)}async function el(e,t,n){await Qc(e,`freeze_bill`,t,n)}async function tl(e,t,n){await Qc(e,`unfreeze_bill`,t,n)}var nl=`\xA0`,rl=3;function il({first_day:e,last_day:t},n){return L(n,`UTC`,{day:`numeric`,month:`short`,year:`numeric`}).formatRange(N(e),N(t))}function al(e,t,n,r=!1){return L(t,n,{day:`numeric`,month:`long`,...r?{hour:`numeric`,minute:`2-digit`}:{year:`numeric`}}).format(new Date(e))}var ol=e=>e;function sl(e,t,n,r){let i=rl,a=k(ol(e),n,{maximumFractionDigits:i});return t!==`day`&&t!==`month`?`${a}${nl}${t}`:r(`bill.sheet.${t}.${new Intl.PluralRules(n.language).select(Number(e))===`one`?`one`:`other`}`,{count:a})}function cl(e,t,n,r){let{kind:i,quantity:a,unit:o,price:s,base:c}=e;if(i===`tax`)return r(`bill.sheet.percent`,{percent:k(ol(s??`0`),n,{maximumFractionDigits:rl}),base:c?Sn(c,t,n):`–`});let l=a===null?`–`:sl(a,o,n,r);if(s===null)return r(`bill.sheet.many_prices`,{quantity:l});let u=wn(s,t,n);return`${l} × ${i===`fee`?u:`${u}/${o}`}`}function ll(e,{currency:t,lines:n},r,i,a){let{kind:o,name:s,tariff:c}=e,l=n.filter(e=>e.kind===o&&e.name===s&&e.tariff===c);return[cl(e,t,i,a),...e.peak_at?[a(`bill.sheet.peak`,{moment:al(e.peak_at,i,r,!0)})]:[],...l.length>1?[il(e,i)]:[],...e.assumed?[a(`bill.sheet.assumed`)]:[]]}var ul=g`
  ha-card {
    display: block;
    padding: var(--ews-space-4);
    container-type: inline-size;
  }
  .heading {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2) var(--ews-space-3);
    width: 100%;
    min-height: 40px;
    text-align: start;
  }
  h2 {
    margin: 0;
    font-size: var(--ha-font-size-xl, 20px);
    font-weight: var(--ews-medium-weight);
  }
  .heading .names {
    flex: 1 1 auto;
    min-width: 0;
  }
  .heading svg {
    color: var(--ews-muted);
  }
  .heading svg.turned {
    transform: rotate(180deg);
  }
  .heading b {
    font-weight: var(--ews-medium-weight);
    white-space: nowrap;
  }
  .days {
    display: block;
    color: var(--ews-muted);
    font-size: var(--ews-normal);
    font-weight: normal;
  }
  .state {
    display: flex;
    align-items: flex-start;
    gap: var(--ews-space-2);
    margin: var(--ews-space-3) 0 0;
    padding: var(--ews-space-2) var(--ews-space-3);
    border-radius: var(--ews-radius-small);
    background: var(--ews-track);
  }
  .state.differs {
    background: color-mix(in srgb, var(--ews-warn) 14%, transparent);
  }
  .state.differs svg {
    color: var(--ews-warn);
  }
  .state svg {
    color: var(--ews-muted);
  }
  table {
    width: 100%;
    margin-top: var(--ews-space-3);
    border-collapse: collapse;
  }
  :is(th, td) {
    padding: 6px 0;
    font-weight: normal;
    text-align: end;
    vertical-align: top;
    white-space: nowrap;
  }
  td {
    padding-inline-start: var(--ews-space-4);
  }
  th:first-child {
    text-align: start;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  thead :is(th, td) {
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  thead th + th {
    padding-inline-start: var(--ews-space-4);
  }
  .section :is(th, td) {
    padding-top: var(--ews-space-3);
    border-bottom: 1px solid var(--divider-color);
    font-weight: var(--ews-medium-weight);
  }
  tfoot :is(th, td) {
    padding-top: var(--ews-space-3);
    border-top: 2px solid var(--divider-color);
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
  }
  .name {
    display: flex;
    align-items: baseline;
    gap: var(--ews-space-2);
  }
  .name i {
    flex: none;
    width: 12px;
    height: 12px;
    border-radius: 4px;
    transform: translateY(1px);
  }
  .inner :is(th, td) {
    color: var(--ews-muted);
    padding-block: 3px;
  }
  .inner th {
    padding-inline-start: var(--ews-space-4);
  }
  .fold {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    min-height: 24px;
    color: var(--ews-muted);
    font-size: var(--ews-small);
    text-align: start;
    --ews-icon: 16px;
  }
  .fold svg.turned {
    transform: rotate(180deg);
  }
  small {
    display: block;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .now {
    color: var(--ews-muted);
  }
  .note {
    margin: var(--ews-space-3) 0 0;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--ews-space-2);
    margin-top: var(--ews-space-4);
  }
  .plain {
    min-height: 36px;
    padding: 0 var(--ews-space-4);
    font-weight: var(--ews-medium-weight);
    color: var(--ews-action);
  }
  .error {
    color: var(--ews-bad);
  }
  dialog {
    width: min(480px, calc(100vw - 32px));
    padding: var(--ews-space-6);
    border: 0;
    border-radius: var(--ha-border-radius-xl, 16px);
    color: inherit;
    background: var(--card-background-color, #fff);
    box-shadow: 0 8px 32px rgb(0 0 0 / 30%);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }
  dialog h3 {
    margin: 0 0 var(--ews-space-2);
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
  }
  dialog p {
    margin: 0 0 var(--ews-space-2);
  }
  @container (min-width: 700px) {
    .item {
      display: grid;
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
      gap: var(--ews-space-4);
      align-items: baseline;
    }
  }
  @container (max-width: 520px) {
    td {
      padding-inline-start: var(--ews-space-2);
    }
    .actions {
      justify-content: stretch;
    }
    .actions > button {
      flex: 1 0 auto;
    }
  }
`,dl=1e3,fl=30,H=class extends b{constructor(...e){super(...e),this.fluid=`electricity`,this.zone=``,this.news=0,this.isBusy=!1,this.said=``,this.unfolded=new Set}connectedCallback(){super.connectedCallback(),this.requestUpdate(`days`)}disconnectedCallback(){super.disconnectedCallback(),this.leave()}leave(){this.stop?.(),this.stop=void 0,this.source=void 0}willUpdate(e){if(this.isConnected){if([`fluid`,`days`,`entry`].some(t=>e.has(t))||!this.source){this.leave();let e=this.asked;this.error=void 0,this.source=new gi(()=>$c(this.hass,this.entry,e)),this.stop=this.source.listen(()=>{this.news+=1}),this.source.refresh()}else e.has(`occasion`)&&this.occasion&&!this.isBusy&&this.source.refresh()}}get asked(){return{fluid:this.fluid,days:this.days}}get bill(){return this.source?.state.value?.bills[0]}render(){let{source:e,bill:t,hass:n,localize:r}=this;if(!e)return y;if(!t){let{error:t}=e.state,i=t===void 0?_`<span class="bone" style="width:100%;height:40px"></span>`:E(t,n,r,()=>void e.refresh());return _`<ha-card aria-busy=${e.state.isLoading}>${i}</ha-card>`}let i=this.isOpen??Zn(t);return _`<ha-card aria-busy=${e.state.isLoading}>
      <h2>
      <button
        class="heading"
        aria-expanded=${i}
        aria-controls="sheet"
        @click=${()=>{this.isOpen=!i}}
      >
        ${t.status===`frozen`?w(me):y}
        <span class="names">
          ${r(t.revenue?`bill.sheet.credit`:`bill.sheet.title`)}
          <span class="days">${il(t,n.locale)}</span>
        </span>
        <b>${this.money(t.total_rounded)}</b>
        ${w(f,i?`turned`:``)}
      </button>
      </h2>
      <div id="sheet" ?hidden=${!i}>${i?this.sheet(t):y}</div>
      <span class="hidden" role="status">${this.said}</span>
      ${this.confirmation(t)}
    </ha-card>`}money(e){return Sn(e,this.bill?.currency??``,this.hass.locale)}sheet(e){let{localize:t}=this,n=ar(e,e.differs?e.now:void 0),r=n.length>1;return _`${this.status(e)}
      <table>
        <caption class="hidden">
          ${t(`bill.sheet.caption`,{days:il(e,this.hass.locale)})}
        </caption>
        ${e.differs?_`<thead>
                <tr>
                  <th scope="col">${t(`bill.sheet.position`)}</th>
                  <th scope="col">${t(`bill.sheet.as_billed`)}</th>
                  <th scope="col">${t(`bill.sheet.now`)}</th>
                </tr>
              </thead>`:y}
        ${n.map(t=>_`<tbody>
            ${r?this.section(t,e):y}
            ${nr(t.pairs).map(t=>`pairs`in t?this.group(t,e):this.line(t,e))}
          </tbody>`)}
        <tfoot>
          <tr>
            <th scope="row">${t(`consumption.total`)}</th>
            <td>${this.money(e.total_rounded)}</td>
            ${e.differs?_`<td>${this.money(e.now?.total_rounded??`0`)}</td>`:y}
          </tr>
        </tfoot>
      </table>
      <p class="note">${t(`bill.sheet.rounding`)}</p>
      ${this.actions(e)}`}section({section:e,subtotal:t,subtotalNow:n},r){return _`<tr class="section">
      <th scope="rowgroup">${e===`energy`?this.localize(`bill.subtotal`):this.localize(`bill.${e}`)}</th>
      <td>${this.money(t)}</td>
      ${r.differs?_`<td>${this.money(n??`0`)}</td>`:y}
    </tr>`}group({key:e,name:t,amount:n,amountNow:r,pairs:i},a){let{localize:o}=this,s=this.unfolded.has(e),c=o(`bill.sheet.lines`,{count:i.length});return _`<tr>
        <th scope="row">
          <div class="item">
            <span class="name">${t??o(`bill.no_tariff`)}</span>
            <button
              class="fold"
              aria-expanded=${s}
              @click=${()=>{let t=new Set(this.unfolded);t.delete(e)||t.add(e),this.unfolded=t}}
            >
              ${c} ${w(f,s?`turned`:``)}
            </button>
          </div>
        </th>
        <td>${this.money(n)}</td>
        ${a.differs?_`<td class="now">${this.money(r??`0`)}</td>`:y}
      </tr>
      ${s?i.map(e=>this.line(e,a,`inner`)):y}`}line({line:e,now:t},n,r=``){let{localize:i}=this,a=e??t;if(!a)return y;let o=a.color??`#8a8f98`,s=e=>e?this.money(e.amount):`–`,c=e?this.details(e,n):[],l=t&&!(e&&or(e,t));return _`<tr class=${r}>
      <th scope="row">
        <div class="item">
          <span class="name">
            ${a.kind===`energy`?_`<i style="background:${o}"></i>`:y}
            ${a.name??i(`bill.no_tariff`)}
          </span>
          <div>
            ${c.map(e=>_`<small>${e}</small>`)}
            ${l?_`<small
                    >${i(`bill.sheet.now_text`,{text:this.details(t,n.now??n)[0]??``})}</small
                  >`:y}
          </div>
        </div>
      </th>
      <td>${s(e)}</td>
      ${n.differs?_`<td class="now">${s(t)}</td>`:y}
    </tr>`}details(e,t){let{zone:n,hass:r,localize:i}=this;return ll(e,t,n,r.locale,i)}status(e){let{localize:t,hass:n,zone:r}=this,i=(e,t,n=``)=>_`<p class="state ${n}">${w(e)}<span>${t}</span></p>`,{frozen:a}=e,o=a&&al(a.frozen_at,n.locale,r);return _`${o?i(me,t(`bill.sheet.frozen`,{date:o})):y}
      ${e.differs?i(`M14.08,4.61L15.92,5.4L14.8,8H19V10H13.95L12.23,14H19V16H11.38L9.92,19.4L8.08,18.61L9.2,16H5V14H10.06L11.77,10H5V8H12.63L14.08,4.61Z`,t(`bill.sheet.differs`),`differs`):y}
      ${e.status===`running`?i(`M12,20A8,8 0 0,0 20,12A8,8 0 0,0 12,4A8,8 0 0,0 4,12A8,8 0 0,0 12,20M12,2A10,10 0 0,1 22,12A10,10 0 0,1 12,22C6.47,22 2,17.5 2,12A10,10 0 0,1 12,2M12.5,7V12.25L17,14.92L16.25,16.15L11,13V7H12.5Z`,t(`bill.sheet.running`)):y}`}actions(e){let{localize:t,hass:n,source:r}=this;if(n.user?.is_admin!==!0||e.status===`running`)return y;let i=sr(e,r?.state.value?.frozen??[]);if(e.status===`open`&&i.length>0)return _`<p class="note">${t(`bill.sheet.overlaps`,{days:i.map(e=>il(e,n.locale)).join(`; `)})}</p>`;let a=e.status===`frozen`;return _`${this.error===void 0?y:_`<p class="error" role="alert">${C(this.error,n,t)}</p>`}
      <div class="actions">
        <button
          class="tonal"
          ?disabled=${this.isBusy}
          @click=${()=>this.question.showModal()}
        >
          ${w(a?`M10 13C11.1 13 12 13.89 12 15C12 16.11 11.11 17 10 17S8 16.11 8 15 8.9 13 10 13M18 1C15.24 1 13 3.24 13 6V8H4C2.9 8 2 8.9 2 10V20C2 21.1 2.9 22 4 22H16C17.1 22 18 21.1 18 20V10C18 8.9 17.1 8 16 8H15V6C15 4.34 16.34 3 18 3S21 4.34 21 6V8H23V6C23 3.24 20.76 1 18 1M16 10V20H4V10H16Z`:me)}
          ${t(this.isBusy?`bill.saving`:a?`bill.sheet.reopen`:`bill.sheet.freeze`)}
        </button>
      </div>`}confirmation(e){let{localize:t,hass:n}=this,r=e.status===`frozen`?`reopen`:`freeze`,i={days:il(e,n.locale)};return _`<dialog aria-labelledby="question">
      <h3 id="question">${t(`bill.sheet.${r}_title`,i)}</h3>
      <p>${t(`bill.sheet.${r}_text`)}</p>
      ${e.complete||r===`reopen`?y:_`<p>${t(`bill.sheet.incomplete`)}</p>`}
      <div class="actions">
        <button class="plain" @click=${()=>this.question.close()}>
          ${t(`device.cancel`)}
        </button>
        <button
          class="tonal"
          @click=${()=>{this.question.close(),this.change(r===`freeze`)}}
        >
          ${t(`bill.sheet.${r}`)}
        </button>
      </div>
    </dialog>`}async change(e){let{hass:t,entry:n,asked:r,source:i}=this;this.isBusy=!0,this.error=void 0;try{await(e?el:tl)(t,n,r),await this.untilChanged(i,e),this.said=this.localize(e?`bill.sheet.is_frozen`:`bill.sheet.is_open`),this.isOpen=!0,this.dispatchEvent(new CustomEvent(`saved`))}catch(e){this.error=e}finally{this.isBusy=!1}}async untilChanged(e,t){for(let n=0;e&&n<fl;n+=1){await e.refresh();let{value:n,error:r}=e.state,i=n?.bills[0]?.status===`frozen`;if(r===void 0&&i===t)return;await new Promise(e=>setTimeout(e,dl))}}static{this.styles=[D,O,ul]}};R([F({attribute:!1})],H.prototype,`hass`,void 0),R([F()],H.prototype,`entry`,void 0),R([F()],H.prototype,`fluid`,void 0),R([F({attribute:!1,hasChanged:pl})],H.prototype,`days`,void 0),R([F({attribute:!1})],H.prototype,`occasion`,void 0),R([F()],H.prototype,`zone`,void 0),R([F({attribute:!1})],H.prototype,`localize`,void 0),R([I()],H.prototype,`news`,void 0),R([I()],H.prototype,`isOpen`,void 0),R([I()],H.prototype,`error`,void 0),R([I()],H.prototype,`isBusy`,void 0),R([I()],H.prototype,`said`,void 0),R([I()],H.prototype,`unfolded`,void 0),R([ni(`dialog`)],H.prototype,`question`,void 0);function pl(e,t){return JSON.stringify(e)!==JSON.stringify(t)}var ml=e=>Date.parse(e.at),hl=6e4,gl=10*hl,_l=12;function vl(e,t){return e.flatMap((n,r)=>{let i=e[r-1];return i!==void 0&&n[0]-i[0]>t?[[i[0]+t,null],n]:[n]})}function yl(e,t,n,r){let i=[],a=new Map;for(let o of e){let e=ml(o);for(let s of r(o)){let r=a.get(n(s)),o=r!==void 0&&e-r.to<=t;o&&(r.to=e);let c=Object.keys(s);if(o&&c.every(e=>r[e]===s[e]))continue;let l={...s,from:e,to:e};a.set(n(s),l),i.push(l)}}return i}function bl({lines:e},t){return e.filter(e=>e.circuit===t).map(({phase:e,zone:t})=>({phase:e,zone:t}))}function xl({stations:e}){return e.flatMap(({id:e,progress:t,limit_a:n})=>t===null?[]:[{id:e,progress:t,limit:n}])}function Sl(e,t,n,r){let{points:i}=e,[a]=i,o=a?n-ml(a):0,s=Math.max(e.step_s,5)*1e3*_l,c=e=>vl(i.map(t=>[ml(t),e(t)]),s),l=[...new Set(i.flatMap(e=>e.stations.filter(e=>e.progress!==null).map(e=>e.id)))].sort((e,t)=>e-t),u=(e,t)=>e.stations.find(e=>e.id===t&&e.progress!==null);return{from:n-Math.min(r*hl,Math.max(o,gl)),to:n,phases:t.lines.map(({phase:e})=>({phase:e,loads:c(n=>n.lines.find(n=>n.circuit===t.id&&n.phase===e)?.load_a??null)})),zones:yl(i,s,({phase:e})=>e,e=>bl(e,t.id)),processes:yl(i,s,({id:e})=>e,xl),stations:l.map(e=>({id:e,limits:c(t=>u(t,e)?.limit_a??null),drawn:c(t=>u(t,e)?.drawn_a??null)})),queue:c(e=>e.queue)}}function Cl({points:e},t){let n;for(let[r,i]of e.entries())(!n||Math.abs(ml(i)-t)<Math.abs(ml(n.point)-t))&&(n={point:i,index:r});return n}function wl({events:e}){return e.toReversed().sort((e,t)=>Date.parse(t.at)-Date.parse(e.at))}function Tl({points:e},t){let n=Math.max(1,Math.ceil(e.length/t));return e.filter((t,r)=>(e.length-1-r)%n==0)}function El({colors:e,fontFamily:t},n){return{color:e.muted,fontSize:n,fontFamily:t}}function Dl({colors:e}){return{axisTick:{show:!1},axisLine:{lineStyle:{color:e.line}}}}function Ol({colors:e}){return{lineStyle:{color:e.line}}}var kl={trigger:`axis`,confine:!0,padding:0,borderWidth:0,backgroundColor:`transparent`,extraCssText:`box-shadow:none`};function Al(e){return{enabled:!0,label:{description:e}}}var jl={green:.3,yellow:.62,red:.95},Ml=.9,Nl=26,Pl=44,Fl=12,Il=.18,Ll=`#1c1c1c`;function Rl(e,t,n,r,i,a){return{id:e,type:`custom`,xAxisIndex:t,yAxisIndex:t,clip:!0,data:n.map(e=>[e.from,r(e)]),renderItem:(e,t)=>{let o=n[e.dataIndex];if(!o)return null;let s=r(o),[c=0,l=0]=t.coord([o.from,s]),[u=0]=t.coord([o.to,s]),d=t.size?.([0,1]),f=(Array.isArray(d)?d[1]:void 0)??0,p=Math.min(f*Ml,Nl),m=e.coordSys,ee=Math.max(c,m.x),te=Math.max(1,Math.min(u,m.x+m.width)-ee),{height:ne,fill:re,stroke:h,track:ie,word:ae,ink:oe}=a(o),se=l+p/2,ce=(e,t)=>({type:`rect`,shape:{x:ee,y:se-p*e,width:te,height:p*e},style:t}),le={type:`text`,silent:!0,style:{text:ae,x:ee+te/2,y:se-p*(ie?1:ne)/2,align:`center`,verticalAlign:`middle`,fontSize:11,fontFamily:i,lineWidth:2,...oe}},ue=ae&&te>Pl&&p>Fl;return{type:`group`,children:[...ie?[ce(1,{fill:ie,opacity:Il})]:[],ce(ne,{fill:re,...h?{stroke:h,lineWidth:1}:{}}),...ue?[le]:[]]}}}}function zl(e,t,n,{colors:r,names:i},{fontFamily:a}){return Rl(`zones`,e,t,({phase:e})=>n.length-1-n.indexOf(e),a,({zone:e})=>({height:jl[e],fill:r[e],word:e===`green`?``:i[e],ink:{fill:Ll}}))}function Bl(e,t,n,{colors:r,names:i,amperes:a},o){let s={fill:o.colors.text,stroke:o.colors.surface},c=n.map(({id:e})=>e),l=new Map(n.map(({id:e,rated_a:t})=>[e,t]));return Rl(`processes`,e,t.filter(({id:e})=>l.has(e)),({id:e})=>c.length-1-c.indexOf(e),o.fontFamily,({id:e,progress:t,limit:n})=>{let o=r[t];return t===`running`?{height:Math.min(1,n/(l.get(e)??n)),fill:o,track:o,word:a(n),ink:s}:{height:1,fill:`transparent`,stroke:o,track:o,word:i[t],ink:s}})}var Vl=[{color:`#b5651d`,type:`solid`},{color:`#2f86d6`,type:[7,3]},{color:`#8e7cc3`,type:[2,2]}],Hl=[{top:30,height:170},{top:238,height:72},{top:348,height:150},{top:540,height:48}],Ul=132,Wl=76,Gl=8,Kl=.12,ql=1.12;function Jl(e){let t=10**Math.floor(Math.log10(Math.max(e,1)));return([1,2,5].find(n=>n*t>=e)??10)*t}function Yl(e,t,n,r){return{id:e,type:`line`,xAxisIndex:t,yAxisIndex:t,showSymbol:!1,emphasis:{disabled:!0},data:n,...r}}function Xl(e,t,n,r){let{series:i,theme:a,thresholds:o,zones:s}=n,c=e===`maximum`;return Yl(e,0,[[i.to,t],[i.from,t]],{silent:!0,tooltip:{show:!1},lineStyle:{color:a.colors.text,width:1.5,type:r,opacity:.75},areaStyle:{origin:`end`,color:c?s.colors.red:s.colors.yellow,opacity:Kl},endLabel:{show:!0,formatter:o[e],...El(a,11),align:`left`,verticalAlign:c?`bottom`:`top`,offset:[0,c?-3:4],textBorderColor:a.colors.surface,textBorderWidth:3}})}function Zl({events:e,theme:t,series:n},r){return Yl(`events`,0,e.map(e=>[Date.parse(e.at),r]).filter(([e])=>e>=n.from),{showSymbol:!0,showAllSymbol:!0,symbol:`triangle`,symbolRotate:180,symbolSize:9,lineStyle:{width:0,opacity:0},itemStyle:{color:t.colors.text}})}function Ql({series:e,processes:t},n){let r=e.stations.find(e=>e.id===n),i=t.colors.running;return r?[Yl(`limit`,2,r.limits,{step:`end`,lineStyle:{color:i,width:2.5},itemStyle:{color:i}}),Yl(`drawn`,2,r.drawn,{lineStyle:{color:i,width:1,opacity:.8,type:[3,2]},areaStyle:{color:i,opacity:.15},itemStyle:{color:i}})]:[]}function $l(e){let{series:t,circuit:n,theme:r,locale:i,isNarrow:a,only:o,stations:s}=e,{colors:c}=r,l=El(r,11),u=a?Wl:Ul,d=t.phases.map(({phase:e})=>e),f={nameGap:14,nameTextStyle:{...El(r,12),color:c.text,fontWeight:500,align:`left`,padding:[0,0,0,-u]}},p=L(i,e.zone,{hour:`numeric`,minute:`2-digit`}),m=Math.max(n.maximum_a,...t.phases.flatMap(({loads:e})=>e.map(([,e])=>e??0))),ee=Jl(m*ql/4),te=Math.ceil(m*ql/ee)*ee,ne=Math.max(2,...t.queue.map(([,e])=>e??0)),re=e=>k(e,i),h=(e,t)=>({type:`value`,gridIndex:e,min:0,splitLine:Ol(r),axisLabel:{...l,formatter:re},...f,...t}),ie=(e,t,n)=>({type:`category`,gridIndex:e,name:t,...f,data:n.toReversed(),axisTick:{show:!1},axisLine:{show:!1},splitLine:{show:!1},axisLabel:{...l,width:u-Gl,overflow:`truncate`}});return{animation:!1,aria:Al(e.description),axisPointer:{link:[{xAxisIndex:`all`}]},grid:Hl.map(({top:e,height:t})=>({top:e,height:t,left:u,right:a?8:16})),xAxis:Hl.map((e,n)=>({type:`time`,gridIndex:n,min:t.from,max:t.to,splitNumber:a?3:8,...Dl(r),axisLabel:{...l,show:n===Hl.length-1,hideOverlap:!0,formatter:e=>p.format(e)}})),yAxis:[h(0,{max:te,interval:ee,name:e.titles.load}),ie(1,e.titles.zones,d.map(e=>`L${e}`)),o===void 0?ie(2,e.titles.stations,s.map(({name:e})=>e)):h(2,{splitNumber:3,name:e.titles.stations}),h(3,{max:ne,interval:ne,name:e.titles.queue})],tooltip:{...kl,axisPointer:{type:`line`,lineStyle:{color:c.muted}},transitionDuration:0},series:[...t.phases.map(({phase:e,loads:t})=>{let n=Vl[(e-1)%Vl.length];return Yl(`load:${e}`,0,t,{lineStyle:{color:n?.color??``,width:2,type:n?.type??`solid`},itemStyle:{color:n?.color??``}})}),Xl(`charging`,n.charging_a,e,[2,3]),Xl(`maximum`,n.maximum_a,e,`solid`),Zl(e,te*.97),zl(1,t.zones,d,e.zones,r),...o===void 0?[Bl(2,t.processes,s,e.processes,r)]:Ql(e,o),Yl(`queue`,3,t.queue,{step:`end`,lineStyle:{color:e.processes.colors.waiting,width:1.5},areaStyle:{color:e.processes.colors.waiting,opacity:.25},itemStyle:{color:e.processes.colors.waiting}})]}}var eu=(function(){let e=typeof document<`u`&&document.createElement(`link`).relList;return e&&e.supports&&e.supports(`modulepreload`)?`modulepreload`:`preload`})(),tu=function(e,t){return new URL(e,t).href},nu={},ru=function(e){return e.pathname.endsWith(`.css`)},iu=function(e,t,n){if(t in e)return e[t];let r=n();if(!r){e[t]=void 0;return}let i=r.then(()=>{e[t]=void 0},n=>{throw e[t]=void 0,n});return e[t]=i,i},au=function(e,t,n){let r=Promise.resolve();if(t&&t.length>0){let e,i=document.querySelector(`meta[property=csp-nonce]`),a=i?.nonce||i?.getAttribute(`nonce`);function o(e){return Promise.all(e.map(e=>Promise.resolve(e).then(e=>({status:`fulfilled`,value:e}),e=>({status:`rejected`,reason:e}))))}function s(e){return import.meta.resolve?new URL(import.meta.resolve(e)):new URL(e,import.meta.url)}r=o(t.map(t=>{t=tu(t,n);let r=s(t),i=ru(r);return iu(nu,r.href,()=>{if(e===void 0){e={all:new Set,styles:new Set};let t=document.getElementsByTagName(`link`);for(let n=t.length-1;n>=0;n--){let r=t[n];e.all.add(r.href),r.rel===`stylesheet`&&e.styles.add(r.href)}}if((i?e.styles:e.all).has(r.href))return;let t=document.createElement(`link`);if(t.rel=i?`stylesheet`:eu,i||(t.as=`script`),t.crossOrigin=``,t.href=r.href,a&&t.setAttribute(`nonce`,a),document.head.appendChild(t),i)return new Promise((e,n)=>{let i=a=>{t.removeEventListener(`load`,i),t.removeEventListener(`error`,i),a.type===`error`?n(Error(`Unable to preload CSS for ${r}`)):e(a)};t.addEventListener(`load`,i),t.addEventListener(`error`,i)})})}).filter(e=>e!==void 0))}function i(e){let t=new Event(`vite:preloadError`,{cancelable:!0});if(t.payload=e,window.dispatchEvent(t),!t.defaultPrevented)throw e}return r.then(t=>{for(let e of t||[])e.status===`rejected`&&i(e.reason);return e().catch(i)})};function ou(e,t,n,r=1){let i={ArrowRight:Math.min(t+r,n-1),ArrowLeft:Math.max(t-r,0),Home:0,End:n-1};return n>0?i[e]:void 0}var su=class extends b{constructor(...e){super(...e),this.isDark=!1,this.isWithoutEngine=!1,this.tooltip=document.createElement(`div`),this.resize=new ResizeObserver(()=>{this.chart?.resize(),this.draw()})}connectedCallback(){super.connectedCallback(),au(()=>import(`./legrand-ews-chart.js`).then(e=>e.t).then(e=>{this.engine=e},()=>{this.isWithoutEngine=!0}),[],import.meta.url),this.hasUpdated&&this.requestUpdate()}disconnectedCallback(){super.disconnectedCallback(),this.resize.disconnect(),this.chart?.dispose(),this.chart=void 0}updated(){this.engine&&this.isConnected&&(this.chart||(this.chart=this.engine.createChart(this.plot),this.created(this.chart),this.resize.observe(this.plot)),this.draw())}created(e){}canvas(e,t=``){return _`<div
        class="plot ${e?``:`waiting`} ${t}"
        tabindex=${e?0:-1}
        role="img"
        aria-label=${e?this.describe():this.localize(`consumption.loading`)}
        @keydown=${this.steer}
        @blur=${this.leave}
      ></div>
      <div class="spoken hidden" aria-live="polite"></div>`}draw(){let{chart:e}=this;if(!e)return;let t=this.options(this.theme());if(!t){e.clear();return}let n=e=>this.fill(e),r={...t.tooltip,formatter:n};e.setOption({...t,tooltip:r},{replaceMerge:[`series`]}),this.plot.querySelector(`svg`)?.setAttribute(`aria-hidden`,`true`)}probe(e){this.plot.style.color=e;let{color:t}=getComputedStyle(this.plot);return this.plot.style.color=``,t}theme(){return{colors:{text:this.probe(`var(--primary-text-color)`),muted:this.probe(`var(--secondary-text-color)`),line:this.probe(`var(--divider-color)`),surface:this.probe(`var(--card-background-color)`)},fontFamily:getComputedStyle(this.plot).fontFamily}}fill(e){let t=Array.isArray(e)?e[0]:e,n=t?this.placeOf(t):void 0,r=n===void 0?void 0:this.tip(n);return r?(this.active=n,Lt(r,this.tooltip),this.tooltip):``}get walk(){return{from:-1,stride:1}}steer(e){e.key===`Escape`&&this.active!==void 0&&(e.preventDefault(),this.leave()),e.key===`Enter`&&this.active!==void 0&&this.enter(this.active);let{from:t,stride:n}=this.walk,r=ou(e.key,this.active??t,this.places,n);r!==void 0&&this.chart&&(e.preventDefault(),this.active=r,this.chart.dispatchAction({type:`showTip`,...this.aimAt(r,this.chart)}),this.spoken.textContent=this.told(r))}enter(e){}leave(){this.active=void 0,this.chart?.dispatchAction({type:`hideTip`})}};R([F({type:Boolean})],su.prototype,`isDark`,void 0),R([F({attribute:!1})],su.prototype,`locale`,void 0),R([F({attribute:!1})],su.prototype,`localize`,void 0),R([I()],su.prototype,`engine`,void 0),R([I()],su.prototype,`isWithoutEngine`,void 0),R([ni(`.plot`)],su.prototype,`plot`,void 0),R([ni(`.spoken`)],su.prototype,`spoken`,void 0);var cu=g`
      :host {
        position: relative;
        height: var(--ews-chart-height, 340px);
      }
      .plot {
        width: 100%;
        height: 100%;
        border-radius: var(--ews-radius-small);
        direction: ltr;
      }
      .plot:focus-visible {
        outline: 2px solid var(--primary-color);
        outline-offset: 4px;
      }
      .waiting {
        visibility: hidden;
      }
      .skeleton {
        position: absolute;
        inset: 28px 0 24px;
        display: flex;
        align-items: flex-end;
        justify-content: space-around;
        gap: 4%;
        border-bottom: 1px solid var(--divider-color);
      }
      .skeleton .bone {
        flex: 1;
        border-radius: 4px 4px 0 0;
        background: var(--ews-track);
      }
      .table {
        position: absolute;
        inset: 0;
        overflow: auto;
      }
      .plot.opening svg {
        cursor: pointer;
      }
      .table table {
        width: 100%;
        border-collapse: collapse;
        font-size: 13px;
      }
      .table caption {
        padding-bottom: var(--ews-space-2);
        color: var(--ews-muted);
        text-align: start;
      }
      .table :is(td, th) {
        padding: 4px var(--ews-space-2);
        border-bottom: 1px solid var(--divider-color);
        font-weight: normal;
        text-align: end;
        white-space: nowrap;
      }
      .table thead th {
        position: sticky;
        inset-block-start: 0;
        background: var(--card-background-color);
        font-weight: var(--ews-medium-weight);
      }
      .table :is(th:first-child, tbody th) {
        text-align: start;
      }
      .tip {
        min-width: 190px;
        max-width: 300px;
        padding: var(--ews-space-3);
        border: 1px solid var(--divider-color);
        border-radius: var(--ews-radius);
        color: var(--primary-text-color);
        background: var(--card-background-color);
        box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
        font-family: var(--ha-font-family-body, inherit);
        font-size: 13px;
      }
      .tip h4 {
        margin: 0 0 var(--ews-space-1);
        font-size: inherit;
        font-weight: var(--ews-medium-weight);
      }
      .tip h4::first-letter {
        text-transform: uppercase;
      }
      .tip h4 span {
        float: inline-end;
        margin-inline-start: var(--ews-space-3);
        color: var(--ews-muted);
        font-weight: normal;
      }
      .tip p {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        margin: 0;
        line-height: 22px;
      }
      .tip p span {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .tip b {
        font-weight: normal;
      }
      .tip i {
        width: 10px;
        height: 10px;
        border-radius: 3px;
      }
      .tip i.previous {
        border: 1.5px solid var(--ews-muted);
        background: color-mix(in srgb, var(--ews-muted) 22%, transparent);
      }
      .tip .sum {
        margin-top: var(--ews-space-1);
        padding-top: var(--ews-space-1);
        border-top: 1px solid var(--divider-color);
      }
      .tip .sum :is(b, span) {
        font-weight: var(--ews-medium-weight);
      }
      .tip .before {
        color: var(--ews-muted);
      }
      .tip .before span::first-letter {
        text-transform: uppercase;
      }
`,lu=g`
  :host {
    height: auto;
  }
  .frame {
    position: relative;
    height: ${620}px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: var(--ews-space-2);
    min-height: 36px;
    margin-bottom: var(--ews-space-3);
  }
  .tools .tonal {
    margin-inline-start: auto;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--ews-space-4);
    min-height: 20px;
    margin: 0 0 var(--ews-space-2);
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .legend span {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .legend svg {
    width: 24px;
    height: 4px;
  }
  .legend i {
    width: 14px;
    height: 10px;
    border-radius: 2px;
  }
  [data-progress] {
    --ews-tone: var(--primary-color);
    background: var(--ews-tone);
  }
  [data-progress="waiting"] {
    --ews-tone: var(--ews-warn);
  }
  [data-progress="held"] {
    --ews-tone: var(--ews-muted);
  }
  :is([data-progress="waiting"], [data-progress="held"]) {
    background: none;
    outline: 1px solid var(--ews-tone);
    outline-offset: -1px;
  }
  .bone.whole {
    position: absolute;
    inset: 0;
    border-radius: var(--ews-radius-small);
  }
`,uu=520,du=25,fu=``,pu=class extends su{constructor(...e){super(...e),this.stations=[],this.minutes=120,this.zone=``,this.only=fu,this.isTable=!1}get drawnStations(){return(this.course?this.series(this.course).stations:[]).map(({id:e,limits:t})=>{let n=this.stations.find(t=>t.id===e),r=Math.max(...t.map(([,e])=>e??0),1);return{id:e,name:n?.name??String(e),rated_a:n?.rated_a??r}})}series(e){let t=e.points.at(-1),n=t?Date.parse(t.at):Date.now();return Sl(e,this.circuit,n,this.minutes)}render(){let{localize:e}=this,t=this.course&&this.engine,n=this.isTable||this.isWithoutEngine,r=this.drawnStations;return _`
      <div class="tools">
        ${r.length>1?_`<legrand-ews-picker
                .options=${[{value:fu,label:e(`greenup.all_stations`)},...r.map(({id:e,name:t})=>({value:String(e),label:t}))]}
                .value=${this.only}
                .label=${e(`greenup.station`)}
                @change=${e=>{this.only=e.detail}}
              ></legrand-ews-picker>`:y}
        <button
          class="tonal"
          aria-pressed=${n}
          @click=${()=>{this.isTable=!this.isTable}}
        >
          ${e(n?`tools.chart`:`tools.table`)}
        </button>
      </div>
      ${this.legend()}
      <div class="frame">
        ${this.canvas(!(!t||n))}
        ${t||this.isWithoutEngine?y:_`<span class="bone whole" aria-hidden="true"></span>`}
        ${n?this.table():y}
      </div>
    `}legend(){let{localize:e,circuit:t}=this;return _`<p class="legend">
      ${t.lines.map(({phase:t})=>{let n=Vl[(t-1)%Vl.length],r=Array.isArray(n?.type)?n.type.join(` `):``;return _`<span>
          <svg viewBox="0 0 24 4" aria-hidden="true">
            <path d="M0 2H24" stroke=${n?.color??``} stroke-width="2.5" stroke-dasharray=${r} />
          </svg>
          ${e(`greenup.load_of`,{phase:e(`greenup.phase`,{phase:t})})}
        </span>`})}
      <span><i data-progress="running"></i> ${e(`greenup.course_granted`)}</span>
      <span><i data-progress="waiting"></i> ${e(`greenup.states.waiting`)}</span>
      <span><i data-progress="held"></i> ${e(`greenup.states.held`)}</span>
    </p>`}describe(){return this.localize(`greenup.course_is`,{name:this.circuit.name||this.localize(`greenup.building`),minutes:this.minutes})}options(e){let{course:t,localize:n}=this;if(t)return $l({series:this.series(t),circuit:this.circuit,events:t.events,stations:this.drawnStations,only:this.only===fu?void 0:Number(this.only),zones:{colors:{green:this.probe(`var(--ews-good)`),yellow:this.probe(`var(--ews-warn)`),red:this.probe(`var(--ews-bad)`)},names:{green:n(`greenup.zones.green`),yellow:n(`greenup.zones.yellow`),red:n(`greenup.zones.red`)}},processes:{colors:{running:this.probe(`var(--primary-color)`),waiting:this.probe(`var(--ews-warn)`),held:this.probe(`var(--ews-muted)`)},names:{waiting:n(`greenup.states.waiting`),held:n(`greenup.states.held`)},amperes:e=>B(e,this.locale,0)},thresholds:{charging:this.threshold(`charging`),maximum:this.threshold(`maximum`)},titles:{load:n(`greenup.titles.load`),zones:n(`greenup.titles.zones`),stations:n(this.only===fu?`greenup.titles.processes`:`greenup.titles.stations`),queue:n(`greenup.titles.queue`)},theme:e,locale:this.locale,zone:this.zone,isNarrow:this.isNarrow,description:this.describe()})}get isNarrow(){return this.plot.clientWidth<uu}threshold(e){let t=B(this.circuit[`${e}_a`],this.locale,0);return this.isNarrow?t:this.localize(`greenup.${e}_current`,{current:t})}get places(){return this.course?.points.length??0}placeOf({axisValue:e}){let t=Number(e),{course:n}=this;return n&&Number.isFinite(t)?Cl(n,t)?.index:void 0}aimAt(e,t){let n=Date.parse(this.course?.points[e]?.at??``),[r=0,i=0]=t.convertToPixel({gridIndex:0},[n,1]);return{x:r,y:i}}get walk(){let{course:e,places:t}=this,n=Math.max(1,Math.round(60/Math.max(1,e?.step_s??1)));return{from:t-1,stride:n}}tip(e){let t=this.course?.points[e];if(!t)return;let{localize:n,locale:r}=this;return _`<div class="tip">
      <h4>${oc(t.at,r,this.zone)}</h4>
      ${this.linesOf(t).map(({phase:e,load_a:t,zone:n})=>_`<p>
          <i style="background:${Vl[(e-1)%Vl.length]?.color??``}"></i>
          <span>L${e} · ${this.zoneName(n)}</span>
          <b>${B(t,r)}</b>
        </p>`)}
      ${this.drawnStations.map(({id:e,name:i})=>{let a=t.stations.find(t=>t.id===e);return!a||a.progress===null?y:_`<p>
          <i data-progress=${a.progress}></i>
          <span>${i}</span>
          <b>
            ${a.progress===`running`?`${B(a.drawn_a,r)} / ${B(a.limit_a,r,0)}`:n(`greenup.states.${a.progress}`)}
          </b>
        </p>`})}
      ${t.queue>0?_`<p class="sum">
              <span>${n(`greenup.titles.queue`)}</span><b>${t.queue}</b>
            </p>`:y}
    </div>`}told(e){let t=this.course?.points[e];if(!t)return``;let n=this.linesOf(t).map(({phase:e,load_a:t,zone:n})=>`L${e} ${B(t,this.locale)} ${this.zoneName(n)}`);return`${oc(t.at,this.locale,this.zone)}: ${n.join(`, `)}`}zoneName(e){return this.localize(`greenup.zones.${e}`)}linesOf(e){return e.lines.filter(e=>e.circuit===this.circuit.id)}table(){let{course:e,localize:t,locale:n}=this;if(!e)return y;let r=this.drawnStations;return _`<div class="table" tabindex="0">
      <table>
        <caption>${this.describe()}</caption>
        <thead>
          <tr>
            <th scope="col">${t(`consumption.time`)}</th>
            ${this.circuit.lines.map(({phase:e})=>_`<th scope="col">L${e}</th>`)}
            ${r.map(({name:e})=>_`<th scope="col">${e}</th>`)}
            <th scope="col">${t(`greenup.titles.queue`)}</th>
          </tr>
        </thead>
        <tbody>
          ${Tl(e,du).map(e=>_`<tr>
              <th scope="row">${oc(e.at,n,this.zone)}</th>
              ${this.linesOf(e).map(({load_a:e,zone:t})=>_`<td>${B(e,n)} · ${this.zoneName(t)}</td>`)}
              ${r.map(({id:t})=>{let r=e.stations.find(e=>e.id===t);return _`<td>${B(r&&r.progress!==null?r.limit_a:null,n,0)}</td>`})}
              <td>${e.queue}</td>
            </tr>`)}
        </tbody>
      </table>
    </div>`}static{this.styles=[D,cu,lu]}};R([F({attribute:!1})],pu.prototype,`course`,void 0),R([F({attribute:!1})],pu.prototype,`circuit`,void 0),R([F({attribute:!1})],pu.prototype,`stations`,void 0),R([F({type:Number})],pu.prototype,`minutes`,void 0),R([F()],pu.prototype,`zone`,void 0),R([I()],pu.prototype,`only`,void 0),R([I()],pu.prototype,`isTable`,void 0);var mu=g`
  :host {
    container: live / inline-size;
  }
  .live {
    display: grid;
    grid-template-columns: minmax(220px, 1fr) minmax(0, 2fr);
    gap: var(--ews-space-4);
  }
  :is(.zones, .course, .events) {
    grid-column: 1 / -1;
  }
  :is(.zones legrand-ews-charging-zones, legrand-ews-charging-course) {
    padding: 0 var(--ews-space-4) var(--ews-space-4);
  }
  .zones legrand-ews-charging-zones + legrand-ews-charging-zones {
    padding-top: var(--ews-space-4);
    border-top: 1px solid var(--divider-color);
  }
  .none {
    margin: 0;
    padding: 0 var(--ews-space-4) var(--ews-space-4);
    color: var(--ews-muted);
  }
  .queue {
    padding: 0 var(--ews-space-4) var(--ews-space-3);
    counter-reset: place;
  }
  .queue li {
    display: flex;
    align-items: center;
    gap: var(--ews-space-3);
    min-height: 40px;
    counter-increment: place;
  }
  .queue li::before {
    content: counter(place);
    display: grid;
    flex: none;
    place-items: center;
    width: 26px;
    height: 26px;
    border-radius: 50%;
    background: var(--ews-track-strong);
    font-size: 13px;
  }
  .queue small {
    margin-inline-start: auto;
    color: var(--ews-muted);
  }
  table {
    width: calc(100% - 2 * var(--ews-space-4));
    margin: 0 var(--ews-space-4) var(--ews-space-3);
    border-collapse: collapse;
  }
  :is(th, td) {
    padding: 6px 0 6px var(--ews-space-3);
    border-top: 1px solid var(--divider-color);
    font-weight: normal;
    text-align: end;
    vertical-align: top;
  }
  :is(th, td) small {
    display: block;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  th:first-child {
    padding-inline-start: 0;
    text-align: start;
  }
  thead th {
    border-top: 0;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .log {
    max-height: 340px;
    padding: 0 var(--ews-space-4) var(--ews-space-3);
    overflow-y: auto;
  }
  .log li {
    display: grid;
    grid-template-columns: 20px 88px minmax(0, 1fr);
    gap: var(--ews-space-2);
    padding: 6px 0;
    border-top: 1px solid color-mix(in srgb, var(--divider-color) 60%, transparent);
    --ews-icon: 18px;
  }
  .log svg {
    margin-top: 1px;
    color: var(--ews-muted);
  }
  .log time {
    color: var(--ews-muted);
  }
  .log b {
    font-weight: var(--ews-medium-weight);
  }
  @container live (max-width: 700px) {
    .live {
      grid-template-columns: minmax(0, 1fr);
    }
    .log li {
      grid-template-columns: 20px minmax(0, 1fr);
    }
    .log span {
      grid-column: 2;
    }
  }
`,hu=120,gu=15e3,_u=60,vu=class extends b{constructor(...e){super(...e),this.zone=``,this.news=0,this.ask=()=>{document.hidden||this.course?.refresh()}}connectedCallback(){super.connectedCallback(),document.addEventListener(`visibilitychange`,this.ask),this.course=new gi(()=>Cs(this.hass,this.entry,hu)),this.stop=this.course.listen(()=>{this.news+=1}),this.timer=setInterval(this.ask,gu),this.ask()}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener(`visibilitychange`,this.ask),clearInterval(this.timer),this.stop?.(),this.course=void 0}render(){let{charging:e}=this,t=this.circuit??zs(e),n=e.circuits.find(({id:e})=>e===t),r=this.course?.state;return _`<div class="live">
      ${n?this.zones(e):y}
      <ha-card>${this.queue(e)}</ha-card>
      <ha-card>${this.currents(e)}</ha-card>
      ${n?this.lastHours(e,n,r):y}
      <ha-card class="events">${this.events(e,r?.value)}</ha-card>
    </div>`}zones(e){let{localize:t}=this,{locale:n}=this.hass,r=qs(e),i=e.circuits.some(({meter:e})=>e?.is_lost);return _`<ha-card class="zones">
        <h2>${t(`greenup.zones_title`)}</h2>
        ${e.circuits.map(r=>_`<legrand-ews-charging-zones
            .circuit=${r}
            .hasMeaning=${e.is_enabled&&!i}
            .locale=${n}
            .localize=${t}
          ></legrand-ews-charging-zones>`)}
        <span class="hidden" role="status">
          ${r?t(`greenup.zone_is`,{zone:t(`greenup.zones.${r}`)}):y}
        </span>
      </ha-card>`}lastHours(e,t,n){let{localize:r,hass:i}=this,{locale:a}=i;return _`<ha-card class="course">
        <h2>
          ${r(`greenup.course`)}
          ${e.circuits.length>1?_`<legrand-ews-picker
                  .options=${e.circuits.map(({id:e,name:t})=>({value:String(e),label:t||r(`greenup.building`)}))}
                  .value=${String(t.id)}
                  .label=${r(`greenup.circuit`)}
                  @change=${e=>{this.circuit=Number(e.detail)}}
                ></legrand-ews-picker>`:y}
        </h2>
        ${n?.error!==void 0&&!n.value?E(n.error,i,r,this.ask):_`<legrand-ews-charging-course
                  .course=${n?.value}
                  .circuit=${t}
                  .stations=${e.stations}
                  .minutes=${hu}
                  .zone=${this.zone}
                  .isDark=${i.themes?.darkMode??!1}
                  .locale=${a}
                  .localize=${r}
                ></legrand-ews-charging-course>`}
      </ha-card>`}queue({queue:e,stations:t}){let{localize:n}=this;return _`<h2>
        ${w(Ee)} ${n(`greenup.queue`)} <small>${e.length}</small>
      </h2>
      ${e.length===0?_`<p class="none">${n(`greenup.nobody_waits`)}</p>`:_`<ol class="queue">
              ${e.map(e=>{let r=t.find(t=>t.id===e);return _`<li>
                  <span>${r?.name??e}</span>
                  ${r?.session?.is_priority?_`<small>${n(`greenup.priority`)}</small>`:y}
                </li>`})}
            </ol>`}`}currents({stations:e}){let{localize:t,hass:n}=this,r=e.filter(Ns);return _`<h2>
        ${w(h)} ${t(`greenup.currents`)} <small>${r.length}</small>
      </h2>
      ${r.length===0?_`<p class="none">${t(`greenup.nobody_charges`)}</p>`:_`<table>
              <thead>
                <tr>
                  <th scope="col">${t(`greenup.station`)}</th>
                  <th scope="col">${t(`greenup.drawn`)}</th>
                  <th scope="col">${t(`greenup.limit`)}</th>
                </tr>
              </thead>
              <tbody>
                ${r.map(e=>{let r=e.progress===`running`,i=t(`greenup.states.${Fs(e)}`);return _`<tr>
                    <th scope="row">
                      ${e.name}
                      <small>${i}</small>
                    </th>
                    <td>
                      ${r||!e.is_managed?B(Bs(e),n.locale):`–`}
                    </td>
                    <td>
                      ${r?B(e.limit_a,n.locale,0):`–`}
                      ${r&&e.level&&e.level!==`rated`?_`<small>${t(`greenup.levels.${e.level}`)}</small>`:y}
                    </td>
                  </tr>`})}
              </tbody>
            </table>`}`}events({stations:e},t){let{localize:n,hass:r}=this,i=t?wl(t).slice(0,_u):[];return _`<h2>${n(`greenup.events`)}</h2>
      ${i.length===0?_`<p class="none">
              ${t?this.calm(t):n(`consumption.loading`)}
            </p>`:_`<ul class="log" tabindex="0" aria-label=${n(`greenup.events`)}>
              ${i.map(t=>{let n=e.find(e=>e.id===t.station)?.name;return _`<li>
                  ${w($s(t.kind))}
                  <time datetime=${t.at}>${oc(t.at,r.locale,this.zone)}</time>
                  <span>
                    ${n&&!t.text.includes(n)?_`<b>${n}:</b>`:y}
                    ${t.text}
                  </span>
                </li>`})}
            </ul>`}`}calm({points:e}){let{locale:t}=this.hass,n=e[0]?.at??new Date().toISOString();return this.localize(`greenup.no_events`,{time:oc(n,t,this.zone)})}static{this.styles=[D,O,un,mu]}};R([F({attribute:!1})],vu.prototype,`hass`,void 0),R([F()],vu.prototype,`entry`,void 0),R([F({attribute:!1})],vu.prototype,`charging`,void 0),R([F()],vu.prototype,`zone`,void 0),R([F({attribute:!1})],vu.prototype,`localize`,void 0),R([I()],vu.prototype,`circuit`,void 0),R([I()],vu.prototype,`news`,void 0);var yu=os(class extends ss{constructor(e){if(super(e),e.type!==as.PROPERTY&&e.type!==as.ATTRIBUTE&&e.type!==as.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!us(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===v||t===y)return t;let n=e.element,r=e.name;if(e.type===as.PROPERTY){if(t===n[r])return v}else if(e.type===as.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return v}else if(e.type===as.ATTRIBUTE&&n.getAttribute(r)===t+``)return v;return hs(e),t}}),bu=[[`measure`,le],[`state`,we],[`command`,De],[`link`,pe]];function xu(e,t){let n=t=>t===`link`?e.is_linked===!0:e.functions.includes(t);return _`<span class="functions">
    ${bu.filter(([e])=>n(e)).map(([e,n])=>_`<span class="function ${e}" title=${t(`functions.${e}`)}>
        ${w(n)}<span class="hidden">${t(`functions.${e}`)}</span>
      </span>`)}${e.is_priority?_`<span class="function priority" title=${t(`functions.priority`)}>
            ${w(Ce)}<span class="hidden">${t(`functions.priority`)}</span>
          </span>`:y}
  </span>`}function Su(e,t,n){return e.length===0?y:_`<span class="badges">
    ${e.map(e=>{let r=e.count?n(`badges.${e.quantity}`,e.count):t(e);return _`<span class="state-badge ${e.tone}">${w(e.icon)} ${r}</span>`})}
  </span>`}var Cu=g`
  .badges {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .state-badge {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 1px 8px 1px 6px;
    border-radius: var(--ha-border-radius-pill, 9999px);
    --ews-tone: var(--primary-text-color);
    color: color-mix(in srgb, var(--ews-tone) 70%, var(--primary-text-color));
    background: color-mix(in srgb, var(--ews-tone) 15%, transparent);
    font-size: var(--ews-small);
    font-weight: var(--ews-medium-weight);
    white-space: nowrap;
    --ews-icon: 16px;
  }
  .state-badge.calm {
    background: var(--ews-track);
  }
  .state-badge.good {
    --ews-tone: var(--ews-good);
  }
  .state-badge.bad {
    --ews-tone: var(--ews-bad);
  }
  .state-badge.warn {
    --ews-tone: var(--ews-warn);
  }
  .state-badge.busy {
    --ews-tone: var(--primary-color);
  }
  .functions {
    display: inline-flex;
    gap: 4px;
    color: var(--ews-muted);
    --ews-icon: 16px;
  }
`,wu=g`
  :host {
    container: charging / inline-size;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(200px, 1fr) minmax(220px, 1fr) minmax(290px, auto);
    align-items: center;
    gap: var(--ews-space-2) var(--ews-space-6);
    min-height: 110px;
    padding: var(--ews-space-3) var(--ews-space-4);
  }
  .who {
    display: flex;
    align-items: center;
    gap: var(--ews-space-3);
    min-width: 0;
  }
  .who > div {
    min-width: 0;
  }
  .sign {
    display: grid;
    flex: none;
    place-items: center;
    width: 44px;
    height: 44px;
    border-radius: 50%;
    --ews-tone: var(--primary-text-color);
    --ews-icon: 24px;
    color: color-mix(in srgb, var(--ews-tone) 70%, var(--primary-text-color));
    background: color-mix(in srgb, var(--ews-tone) 16%, transparent);
  }
  .calm.sign {
    background: var(--ews-track);
  }
  .good {
    --ews-tone: var(--ews-good);
  }
  .busy {
    --ews-tone: var(--primary-color);
  }
  .warn {
    --ews-tone: var(--ews-warn);
  }
  .bad {
    --ews-tone: var(--ews-bad);
  }
  h4 {
    display: flex;
    align-items: center;
    gap: 6px;
    margin: 0;
    font-size: var(--ews-normal);
    font-weight: var(--ews-medium-weight);
  }
  h4 > span:not([class]) {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .address {
    flex: none;
    padding: 1px 8px;
    border-radius: var(--ha-border-radius-pill, 9999px);
    background: var(--ews-track-strong);
    font-size: var(--ews-small);
    white-space: nowrap;
  }
  .star {
    flex: none;
    color: color-mix(in srgb, var(--ews-warn) 80%, var(--primary-text-color));
    --ews-icon: 18px;
  }
  p {
    margin: 0;
  }
  .state {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--ews-space-3);
    margin-top: 2px;
  }
  .state b {
    color: color-mix(in srgb, var(--ews-tone, currentcolor) 70%, var(--primary-text-color));
    font-weight: var(--ews-medium-weight);
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--ews-muted);
    font-size: 13px;
  }
  .status i {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--disabled-color, #bdbdbd);
  }
  .status.on i {
    background: var(--ews-good);
  }
  .status:is(.communication_error, .failure) i {
    background: var(--ews-bad);
  }
  .figures {
    display: grid;
    gap: 4px;
    min-width: 0;
  }
  .figures.idle {
    color: var(--ews-muted);
  }
  .figures small {
    margin-inline-start: 6px;
    padding: 0 6px;
    border-radius: 6px;
    background: color-mix(in srgb, var(--ews-warn) 16%, transparent);
    font-size: var(--ews-small);
  }
  .figures b {
    font-weight: var(--ews-medium-weight);
  }
  :is(.current, .guarantee) {
    display: grid;
    gap: 2px;
  }
  .guarantee,
  .facts {
    color: var(--ews-muted);
    font-size: 13px;
  }
  div.facts {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--ews-space-2);
  }
  .meter {
    position: relative;
    height: 4px;
    border-radius: 2px;
    background: var(--ews-track-strong);
  }
  .meter i {
    display: block;
    height: 100%;
    border-radius: inherit;
    background: var(--primary-color);
    transition: inline-size 400ms;
  }
  .guarantee .meter i {
    background: var(--ews-muted);
  }
  .guarantee .meter i.reached {
    background: var(--ews-good);
  }
  .meter em {
    position: absolute;
    inset-block: -3px;
    width: 2px;
    margin-inline-start: -2px;
    background: var(--primary-text-color);
  }
  .orders {
    display: grid;
    grid-template-columns: repeat(2, auto);
    justify-content: end;
    align-items: center;
    gap: 0 var(--ews-space-3);
    min-width: 0;
  }
  .orders legrand-ews-control {
    font-size: 13px;
  }
  .facts .plain {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 6px;
    min-height: 32px;
    margin-block: -4px;
    padding: 0 var(--ews-space-2);
    border-radius: var(--ha-border-radius-pill, 9999px);
    color: var(--ews-muted);
    font-size: 13px;
    --ews-icon: 18px;
  }
  .facts .plain:hover {
    color: var(--primary-text-color);
    background: var(--ews-track);
  }
  :is(.notice, [role="alert"]) {
    grid-column: 1 / -1;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ews-space-2);
    padding: 4px var(--ews-space-3);
    border-radius: var(--ews-radius-small);
    background: var(--ews-track);
    font-size: 13px;
  }
  .notice > span {
    flex: 1 1 200px;
  }
  .notice a {
    color: var(--primary-color);
    font-weight: var(--ews-medium-weight);
    white-space: nowrap;
  }
  .notice.bad {
    background: color-mix(in srgb, var(--ews-bad) 12%, transparent);
  }
  .notice.bad svg {
    color: var(--ews-bad);
  }
  [role="alert"]:not(:has(p)) {
    display: none;
  }
  .notice + .notice {
    margin-top: 4px;
  }
  @container charging (max-width: 900px) {
    .row {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .orders {
      grid-column: 1 / -1;
      justify-content: start;
    }
  }
  @container charging (max-width: 600px) {
    .row {
      grid-template-columns: minmax(0, 1fr);
      min-height: 84px;
      padding-inline: var(--ews-space-3);
    }
    .orders {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      justify-content: stretch;
      gap: 0 var(--ews-space-2);
    }
    .orders legrand-ews-segmented {
      width: 100%;
    }
  }
`,Tu=[`ev_plug`,`domestic_plug`],U=class extends b{constructor(...e){super(...e),this.zone=``,this.isBusy=!1,this.isLeaving=!1,this.order=async e=>{this.isBusy=!0,this.error=void 0;try{await ws(this.hass,this.entry,this.station.id,e.detail)}catch(e){this.error=e}finally{this.isBusy=!1}}}render(){let{station:e,localize:t}=this,n=Fs(e);return _`<article class="row" aria-labelledby="name">
      <div class="who">
        <span class="sign ${Ls(n)}">${w(Zs[n])}</span>
        <div>
          <h4 id="name">
            ${this.address()} <span>${e.name}</span> ${this.star()}
          </h4>
          <p class="state">
            <b class=${Ls(n)}>${this.stateText()}</b>
            <span class="status ${e.status}"><i></i>${t(`status.${e.status}`)}</span>
          </p>
        </div>
      </div>
      ${this.figures()}
      <div class="orders">${this.orders()}</div>
      ${this.notices()} ${this.isLeaving?this.departure():y}
    </article>`}address(){let{address:e}=this.station;return e===null?y:_`<span class="address">
      <span class="hidden">${this.localize(`board.address`,{address:e})}</span
      ><span aria-hidden="true">${e}</span>
    </span>`}star(){let{session:e,is_priority:t}=this.station;if(!(e?.is_priority??t))return y;let n=this.localize(`greenup.is_priority`);return _`<span class="star" title=${n}>
      ${w(Ce)}<span class="hidden">${n}</span>
    </span>`}stateText(){let{localize:e,place:t,station:n}=this,r=Fs(n);return r===`waiting`&&t!==void 0?e(`greenup.waiting_at`,{place:t}):e(`greenup.states.${r}`)}figures(){let{station:e,localize:t,hass:n}=this,{locale:r}=n,{session:i}=e;if(!i&&e.charge===`charging`&&Bs(e))return _`<div class="figures">${this.current()}</div>`;if(!i){let n=B(e.rated_a,r,0);return _`<p class="figures idle">
        ${t(e.phases.length>1?`greenup.rated_three`:`greenup.rated_one`,{current:n,phase:e.phases[0]??1})}
      </p>`}let a=e.progress===`running`||!e.is_managed,o=ic(i.cost,i.currency,r),s=[A(i.energy,`Wh`,r),rc(i.duration_s,r),o];return _`<div class="figures">
      ${a?this.current():y} ${this.guarantee()}
      <div class="facts">
        <span>${s.filter(Boolean).join(` · `)}</span>
        ${e.is_managed?this.leaving():y}
      </div>
      ${this.wish()}
    </div>`}wish(){let{wish:e,departure:t}=this.station,{locale:n}=this.hass,r=[e?.text,t?this.localize(`greenup.departure`,{time:sc(t.at,n,this.zone),energy:A(t.energy,`Wh`,n)}):void 0].filter(Boolean);return r.length>0?_`<p class="facts">${r.join(` `)}</p>`:y}current(){let{station:e,localize:t,hass:n}=this,{locale:r}=n,{limit_a:i,level:a}=e,o=Bs(e),s=t=>`${Math.min(100,100*(t??0)/e.rated_a).toFixed(1)}%`,c=a&&a!==`rated`?t(`greenup.levels.${a}`):``;return _`<div class="current" title=${t(`greenup.drawn_of_limit`)}>
        <span>
          <span class="hidden">${t(`greenup.drawn_of_limit`)}:</span>
          <b>${B(o,r)}</b>
          ${i===null?y:_`/ ${B(i,r,0)}`}
          ${c?_`<small>${c}</small>`:y}
        </span>
        <span class="meter" aria-hidden="true">
          <i style="inline-size:${s(o)}"></i>
          ${i?_`<em style="inset-inline-start:${s(i)}"></em>`:y}
        </span>
      </div>`}guarantee(){let{session:e}=this.station;if(!e||e.guaranteed_ah<=0)return y;let t=(e,t)=>k(e,this.hass.locale,{minimumFractionDigits:t,maximumFractionDigits:t}),n=Math.min(100,100*e.charge_ah/e.guaranteed_ah),r=n>=100;return _`<div class="guarantee" title=${this.localize(`greenup.guarantee`)}>
      <span>
        <b>${t(e.charge_ah,1)} Ah</b>
        ${this.localize(r?`greenup.guarantee_reached`:`greenup.guarantee_of`,{charge:`${t(e.guaranteed_ah,0)} Ah`})}
      </span>
      <span class="meter" aria-hidden="true">
        <i class=${r?`reached`:``} style="inline-size:${n.toFixed(1)}%"></i>
      </span>
    </div>`}orders(){let{station:e,localize:t}=this;if(!e.is_managed)return this.plugs();let{session:n,progress:r}=e,i=n!==null&&!this.isBusy,a=e.name;return _`<legrand-ews-segmented
        ?disabled=${!i}
        .options=${[`start`,`wait`].map(e=>({value:e,label:t(`greenup.${e}`)}))}
        .value=${yu(n?r===`held`?`wait`:`start`:``)}
        .label=${t(`greenup.process_of`,{name:a})}
        @change=${this.order}
      ></legrand-ews-segmented>
      <legrand-ews-segmented
        ?disabled=${!i}
        .options=${[`normal`,`priority`].map(e=>({value:e,label:t(`greenup.${e}`)}))}
        .value=${yu(n?n.is_priority?`priority`:`normal`:``)}
        .label=${t(`greenup.priority_of`,{name:a})}
        @change=${this.order}
      ></legrand-ews-segmented>
      ${this.plugs()}`}leaving(){let{localize:e,station:t}=this;return _`<button
      class="plain"
      aria-label=${e(`greenup.departure_of`,{name:t.name})}
      @click=${()=>{this.isLeaving=!0}}
    >
      ${w(`M15,13H16.5V15.82L18.94,17.23L18.19,18.53L15,16.69V13M19,8H5V19H9.67C9.24,18.09 9,17.07 9,16A7,7 0 0,1 16,9C17.07,9 18.09,9.24 19,9.67V8M5,21C3.89,21 3,20.1 3,19V5C3,3.89 3.89,3 5,3H6V1H8V3H16V1H18V3H19A2,2 0 0,1 21,5V11.1C22.24,12.36 23,14.09 23,16A7,7 0 0,1 16,23C14.09,23 12.36,22.24 11.1,21H5M16,11.15A4.85,4.85 0 0,0 11.15,16C11.15,18.68 13.32,20.85 16,20.85A4.85,4.85 0 0,0 20.85,16C20.85,13.32 18.68,11.15 16,11.15Z`)} ${e(`greenup.departure_button`)}
    </button>`}departure(){return _`<legrand-ews-departure-dialog
      .hass=${this.hass}
      .entry=${this.entry}
      .station=${this.station}
      .zone=${this.zone}
      .localize=${this.localize}
      @close=${()=>{this.isLeaving=!1}}
    ></legrand-ews-departure-dialog>`}plugs(){let{device:e}=this;return e?Tu.filter(t=>e.commands[t]).map(t=>_`<legrand-ews-control
        .hass=${this.hass}
        .device=${e}
        .command=${t}
        .localize=${this.localize}
      ></legrand-ews-control>`):y}notices(){let{station:e,localize:t,hass:n,error:i}=this,a=[...e.errors,...e.warnings].map(e=>e.text);return i!==void 0&&a.push(C(i,n,t)),_`${e.is_managed?y:_`<p class="notice">
            ${w(r)}
            <span>${e.problem?.text??t(`greenup.not_managed`)}</span>
            ${this.page()}
          </p>`}
    <div role="alert">
      ${a.map(e=>_`<p class="notice bad">
            ${w(r)} <span>${e}</span>
          </p>`)}
    </div>`}page(){let{device_id:e,problem:t}=this.station;return!t||!e||!this.hass.user?.is_admin?y:_`<a href="/config/devices/device/${e}" @click=${Vi}>
      ${this.localize(`device.disabled_action`)}
    </a>`}static{this.styles=[D,Cu,wu]}};R([F({attribute:!1})],U.prototype,`hass`,void 0),R([F()],U.prototype,`entry`,void 0),R([F()],U.prototype,`zone`,void 0),R([F({attribute:!1})],U.prototype,`station`,void 0),R([F({attribute:!1})],U.prototype,`device`,void 0),R([F({type:Number})],U.prototype,`place`,void 0),R([F({attribute:!1})],U.prototype,`localize`,void 0),R([I()],U.prototype,`isBusy`,void 0),R([I()],U.prototype,`error`,void 0),R([I()],U.prototype,`isLeaving`,void 0);var Eu=[7,31,366],Du=864e5,W=class extends b{constructor(...e){super(...e),this.stations=[],this.occasion=``,this.zone=``,this.days=31,this.only=``,this.news=0,this.save=async()=>{let e=this.only===``?[]:[Number(this.only)],{first:t,last:n}=this.span;this.error=void 0;try{let{hass:r,entry:i}=this,{file:a,url:o}=await Ds(r,i,t,n,e);zi(o,a)}catch(e){this.error=e}}}disconnectedCallback(){super.disconnectedCallback(),this.stop?.(),this.source=void 0}willUpdate(e){let t=[`days`,`entry`,`zone`].some(t=>e.has(t));this.isConnected&&this.zone&&(t||!this.source?(this.stop?.(),this.source=new gi(()=>this.ask()),this.stop=this.source.listen(()=>{this.news+=1}),this.source.refresh()):e.has(`occasion`)&&this.source.refresh())}get span(){let e=Date.now();return{first:M(new Date(e-(this.days-1)*Du),this.zone),last:M(new Date(e),this.zone)}}ask(){let{first:e,last:t}=this.span;return Es(this.hass,this.entry,e,t)}render(){let{source:e,hass:t,localize:n}=this,{value:r,error:i}=e?.state??{},a=this.stations.map(({id:e,name:t})=>({value:String(e),label:t}));return _`<div class="tools">
        <legrand-ews-segmented
          .options=${Eu.map(e=>({value:String(e),label:n(`greenup.days_${e}`)}))}
          .value=${String(this.days)}
          .label=${n(`consumption.period`)}
          @change=${e=>{this.days=Number(e.detail)}}
        ></legrand-ews-segmented>
        <legrand-ews-picker
          .options=${[{value:``,label:n(`greenup.all_stations`)},...a]}
          .value=${this.only}
          .label=${n(`greenup.station`)}
          @change=${e=>{this.only=e.detail}}
        ></legrand-ews-picker>
        <button
          class="icon-button"
          aria-label=${n(`greenup.download_sessions`)}
          title=${n(`greenup.download_sessions`)}
          ?disabled=${!r?.length}
          @click=${this.save}
        >
          ${w(ne)}
        </button>
      </div>
      ${this.error===void 0?``:_`<p role="alert">${C(this.error,t,n)}</p>`}
      ${r?this.table(r):i===void 0?_`<span class="bone" style="width:100%;height:240px"></span>`:E(i,t,n,()=>void e?.refresh())}`}shown(e){return e.filter(({device:e})=>this.only===``||this.only===String(e)).sort((e,t)=>Date.parse(t.start)-Date.parse(e.start))}table(e){let{localize:t,hass:n}=this,{locale:r}=n,i=this.shown(e);if(i.length===0)return T({path:h,title:t(`greenup.no_sessions`),text:t(`greenup.no_sessions_hint`)});let a=L(r,this.zone,{day:`numeric`,month:`short`,hour:`numeric`,minute:`2-digit`}),o=e=>k(e,r,{minimumFractionDigits:1,maximumFractionDigits:1}),s=i.reduce((e,t)=>e+(t.energy??0),0),{cost:c,currency:l}=ac(i);return _`<div class="scroll" tabindex="0" role="region" aria-label=${t(`greenup.sessions`)}>
      <table>
        <thead>
          <tr>
            <th scope="col">${t(`greenup.station`)}</th>
            <th scope="col">${t(`greenup.plugged_in`)}</th>
            <th scope="col">${t(`greenup.duration`)}</th>
            <th scope="col">${t(`board.energy`)}</th>
            <th scope="col">${t(`greenup.charge`)}</th>
            <th scope="col">${t(`bill.cost`)}</th>
            <th scope="col">${t(`greenup.end`)}</th>
          </tr>
        </thead>
        <tbody>
          ${i.map(e=>{let n=((e.end===null?Date.now():Date.parse(e.end))-Date.parse(e.start))/1e3;return _`<tr>
              <th scope="row">${e.name}</th>
              <td class="when">${a.format(new Date(e.start))}</td>
              <td class="duration">${rc(n,r)}</td>
              <td class="energy">${e.is_estimated?`≈ `:``}${A(e.energy,`Wh`,r)}</td>
              <td class="charge">${o(e.charge_ah)} Ah</td>
              <td class="money">${ic(e.cost,e.currency,r)||`–`}</td>
              <td class="end">${t(`greenup.ends.${e.end===null?`running`:e.reason??`unseen`}`)}</td>
            </tr>`})}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="3">${t(`consumption.total`)}</th>
            <td class="energy">${A(s,`Wh`,r)}</td>
            <td class="charge"></td>
            <td class="money">${ic(c,l,r)}</td>
            <td class="end"></td>
          </tr>
        </tfoot>
      </table>
    </div>`}static{this.styles=[D,O,g`
      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        margin-bottom: var(--ews-space-3);
      }
      .tools .icon-button {
        margin-inline-start: auto;
      }
      .scroll {
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      :is(th, td) {
        padding: 8px var(--ews-space-2);
        border-bottom: 1px solid var(--divider-color);
        font-weight: normal;
        text-align: end;
        white-space: nowrap;
      }
      :is(th:first-child, .end, thead th:last-child) {
        text-align: start;
      }
      thead th {
        padding-block: var(--ews-space-1);
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      tfoot :is(th, td) {
        border-bottom: 0;
        font-weight: var(--ews-medium-weight);
      }
      .scroll {
        container-type: inline-size;
      }
      @container (max-width: 640px) {
        thead {
          display: none;
        }
        :is(table, tbody, tfoot) {
          display: block;
        }
        tr {
          display: grid;
          grid-template-columns: minmax(0, 1fr) auto;
          gap: 2px var(--ews-space-3);
          padding: var(--ews-space-2) 0;
          border-bottom: 1px solid var(--divider-color);
        }
        tr :is(th, td) {
          padding: 0;
          border: 0;
          white-space: normal;
        }
        tbody td {
          color: var(--ews-muted);
          font-size: 13px;
        }
        /* The facts of a session in pairs: what on the left, how much on the right. */
        tbody td:is(.when, .end) {
          grid-column: 1;
          text-align: start;
        }
        .energy {
          grid-area: 1 / 2;
        }
        .when {
          grid-row: 2;
        }
        .money {
          grid-area: 2 / 2;
        }
        .end {
          grid-row: 3;
        }
        .charge {
          grid-area: 3 / 2;
        }
        tbody td.duration {
          grid-area: 4 / 1 / auto / -1;
          text-align: start;
        }
        tfoot tr {
          border: 0;
        }
        tfoot :is(.charge, .end) {
          display: none;
        }
        tbody .energy {
          color: inherit;
          font-size: inherit;
        }
      }
    `]}};R([F({attribute:!1})],W.prototype,`hass`,void 0),R([F()],W.prototype,`entry`,void 0),R([F({attribute:!1})],W.prototype,`stations`,void 0),R([F()],W.prototype,`occasion`,void 0),R([F()],W.prototype,`zone`,void 0),R([F({attribute:!1})],W.prototype,`localize`,void 0),R([I()],W.prototype,`days`,void 0),R([I()],W.prototype,`only`,void 0),R([I()],W.prototype,`news`,void 0),R([I()],W.prototype,`error`,void 0);var Ou=`previous`,ku=`missing`,Au=3,ju=.2,Mu=.75;function Nu(e,t){return e.rows.filter(e=>!t.has(e.key))}function Pu({summary:e,hidden:t},n){if(e.hasPrevious&&!t.has(`previous`))return e.columns.map(e=>ba(n,e))}function Fu(e){let t=Nu(e.summary,e.hidden),n=Pu(e,t)??[],r=e.summary.columns.flatMap(n=>e.isGrouped?t.map(e=>e.values[n.index]??null):[ya(t,n)]);return gn(Math.max(0,...[...r,...n].map(e=>e??0)),e.unit)}function Iu(e){return e.some(e=>e.values.some(e=>(e??0)<0))}function Lu(e,t){return t===null||t===e?1:ju}function Ru(e,{summary:{columns:t},pointed:n,isGrouped:r}){let i=t.map(t=>e.findLast(e=>(e.values[t.index]??0)>0));return e.map(e=>({id:e.key,name:e.name,type:`bar`,...r?{barGap:`8%`,barCategoryGap:`24%`}:{stack:`current`},barMaxWidth:28,itemStyle:{color:e.color},emphasis:{disabled:!0},data:t.map((t,a)=>({value:e.values[t.index]??`-`,itemStyle:{borderRadius:r||i[a]===e?[Au,Au,0,0]:0,opacity:Lu(e.key,n)*(t.isRunning?Mu:1)}}))}))}function zu(e,t,n){return{id:Ou,type:`bar`,stack:`previous`,barMaxWidth:14,barGap:`12%`,barCategoryGap:`28%`,itemStyle:{color:t.muted,opacity:.28*Lu(Ou,n),borderRadius:[Au,Au,0,0]},emphasis:{disabled:!0},data:e.map(e=>e??`-`)}}function Bu(e,t){return{id:ku,type:`bar`,stack:`current`,silent:!0,barMaxWidth:28,itemStyle:{color:`transparent`},showBackground:!1,data:e.map(e=>e.isMissing?0:`-`),label:{show:!0,position:`top`,formatter:`?`,color:t.muted}}}function Vu(e){let{summary:t,locale:n,isNarrow:r}=e,{theme:i}=e,{colors:a}=i,{columns:o}=t,s=Nu(t,e.hidden),c=Fu(e),l=Pu(e,s),u=El(i,12);return{animation:!e.isStill,animationDuration:300,animationDurationUpdate:300,aria:Al(e.description),grid:{top:28,right:0,bottom:6,left:0,outerBoundsMode:`same`,outerBoundsContain:`axisLabel`},xAxis:{type:`category`,data:o.map(e=>e.short),...Dl(i),axisLabel:{...u,margin:10}},yAxis:{type:`value`,name:bn(c.unit)?Tn(c.unit,n):c.unit,nameGap:12,nameTextStyle:{...u,align:`left`},...Iu(s)?{}:{min:0},splitNumber:r?4:5,axisLabel:{...u,formatter:e=>k(e/c.divisor,n,{maximumFractionDigits:3})},splitLine:Ol(i)},tooltip:{...kl,axisPointer:{type:`shadow`,shadowStyle:{color:a.muted,opacity:.08}},transitionDuration:e.isStill?0:.15},series:[...l?[zu(l,a,e.pointed)]:[],...Ru(s,e),...o.some(e=>e.isMissing)?[Bu(o,a)]:[]]}}function Hu(e,t,n){let r=e.columns[n];if(!r)return;let i=Nu(e,t),a=e.hasPrevious&&!t.has(`previous`);return{title:r.long,isRunning:r.isRunning,lines:i.map(e=>({name:e.name,color:e.color,value:e.values[r.index]??null})).filter(e=>e.value).reverse(),total:ya(i,r),previous:a?ba(i,r):void 0}}var Uu=480;function Wu(e){return`zrByTouch`in e&&e.zrByTouch===!0}var G=class extends su{constructor(...e){super(...e),this.hiddenKeys=new Set,this.pointed=null,this.unit=``,this.heading=``,this.name=``,this.previousName=``,this.isGrouped=!1,this.isOpening=!1,this.isTable=!1}render(){let e=this.summary&&this.engine;return _`
      ${this.canvas(!(!e||this.isTable),this.isOpening?`opening`:``)}
      ${e||this.isWithoutEngine?y:this.skeleton()} ${this.table()}
    `}created(e){e.getZr().on(`click`,({offsetX:t,offsetY:n,event:r})=>{let[i]=e.convertFromPixel(`grid`,[t,n])??[],a=i===void 0?void 0:Math.round(i),o=Wu(r)&&this.touched!==a;this.touched=a,a!==void 0&&!o&&this.enter(a)})}leave(){super.leave(),this.touched=void 0}describe(){let e=this.localize(`consumption.chart`,{title:this.heading,period:this.name,total:A(this.summary?.total??null,this.unit,this.locale)});return this.isOpening?`${e} ${this.localize(`consumption.open_hint`)}`:e}options(e){if(this.summary)return Vu({summary:this.summary,unit:this.unit,hidden:this.hiddenKeys,isGrouped:this.isGrouped,pointed:this.pointed,locale:this.locale,theme:e,isNarrow:this.plot.clientWidth<Uu,isStill:matchMedia(`(prefers-reduced-motion: reduce)`).matches,description:this.describe()})}get places(){return this.summary?.columns.length??0}placeOf({dataIndex:e}){return e}aimAt(e){return{seriesIndex:0,dataIndex:e}}contentAt(e){return this.summary&&Hu(this.summary,this.hiddenKeys,e)}tip(e){let t=this.contentAt(e);if(!t)return;let n=On([t.total,t.previous??null],this.unit,this.locale);return _`<div class="tip">
      <h4>
        ${t.title}
        ${t.isRunning?_`<span>${this.localize(`consumption.running`)}</span>`:y}
      </h4>
      ${t.lines.map(e=>_`<p>
          <i style="background:${e.color}"></i><span>${e.name}</span>
          <b>${n(e.value)}</b>
        </p>`)}
      ${this.isGrouped&&t.total!==null?y:_`<p class="sum">
              <span>
                ${t.total===null?this.localize(`consumption.missing`):this.localize(`consumption.total`)}
              </span>
              <b>${t.total===null?``:n(t.total)}</b>
            </p>`}
      ${t.previous===void 0?y:_`<p class="before">
              <i class="previous"></i><span>${this.previousName}</span>
              <b>${n(t.previous)}</b>
            </p>`}
      ${this.isOpening&&t.total!==null&&matchMedia(`(hover: none)`).matches?_`<p class="before"><span>${this.localize(`consumption.touch_hint`)}</span></p>`:y}
    </div>`}told(e){let{title:t=``,total:n=null,lines:r=[]}=this.contentAt(e)??{},i=e=>A(e,this.unit,this.locale);return n===null?`${t}: ${this.localize(`consumption.missing`)}`:this.isGrouped?`${t}: ${r.map(({name:e,value:t})=>`${e} ${i(t)}`).join(`, `)}`:`${t}: ${i(n)}`}enter(e){let t=this.isOpening?this.summary?.columns[e]:void 0;t?.day&&this.dispatchEvent(new CustomEvent(`drill`,{detail:t}))}skeleton(){return _`<div class="skeleton" aria-hidden="true">
      ${[32,28,30,45,62,78,84,70,66,72,58,40].map(e=>_`<span class="bone" style="height:${e}%"></span>`)}
    </div>`}table(){let{summary:e,localize:t,locale:n,unit:r}=this;if(!e||e.isEmpty)return y;let i=Nu(e,this.hiddenKeys),a=e=>_`<td>${e==null?t(`consumption.missing`):A(e,r,n)}</td>`,o=this.isWithoutEngine||this.isTable;return _`<div class=${o?`table`:`hidden`} tabindex=${o?0:-1}>
      <table>
        <caption>
          ${t(`consumption.table`,{period:this.name})}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t(`consumption.time`)}</th>
            ${i.map(e=>_`<th scope="col">${e.name}</th>`)}
            ${this.isGrouped?y:_`<th scope="col">${t(`consumption.total`)}</th>`}
            ${e.hasPrevious?_`<th scope="col">${this.previousName}</th>`:y}
          </tr>
        </thead>
        <tbody>
          ${e.columns.map(t=>_`<tr>
              <th scope="row">${t.long}</th>
              ${i.map(e=>a(e.values[t.index]))}
              ${this.isGrouped?y:a(ya(i,t))}
              ${e.hasPrevious?a(ba(i,t)):y}
            </tr>`)}
        </tbody>
      </table>
    </div>`}static{this.styles=[D,cu]}};R([F({attribute:!1})],G.prototype,`summary`,void 0),R([F({attribute:!1})],G.prototype,`hiddenKeys`,void 0),R([F({attribute:!1})],G.prototype,`pointed`,void 0),R([F()],G.prototype,`unit`,void 0),R([F()],G.prototype,`heading`,void 0),R([F()],G.prototype,`name`,void 0),R([F()],G.prototype,`previousName`,void 0),R([F({type:Boolean})],G.prototype,`isGrouped`,void 0),R([F({type:Boolean})],G.prototype,`isOpening`,void 0),R([F({type:Boolean})],G.prototype,`isTable`,void 0);var Gu=new Set([`breaker_open`,`breaker_close`,`breaker_reset`,`ev_plug`,`domestic_plug`,`session_state`,`reset_partial_energies`]),Ku=/^output_\d+$/;function qu(e,t){return Gu.has(t)?!0:Ku.test(t)&&e.quantities.includes(`contact_state`)}var K=class extends b{constructor(...e){super(...e),this.command=``,this.isBusy=!1}render(){let e=this.device.commands[this.command],t=e?this.hass.states[e]:void 0;if(!e||!t)return y;let n=Qo(this.hass,this.device,this.command),r=t.state!==`unavailable`;return _`<div class="row">
        <span class="name" id="name">${n}</span>
        ${this.field(e.split(`.`)[0]??``,t,n,r&&!this.isBusy)}
      </div>
      ${this.error===void 0?y:_`<p class="error" role="alert">
              ${C(this.error,this.hass,this.localize)}
            </p>`}
      ${this.consent(n)}`}field(e,t,n,r){let{localize:i}=this;if(e===`switch`){let e=t.state===`on`;return _`<button
        class="switch"
        role="switch"
        aria-checked=${e}
        aria-labelledby="name"
        ?disabled=${!r}
        @click=${()=>this.ask({service:e?`turn_off`:`turn_on`,data:{},text:i(e?`device.turn_off`:`device.turn_on`,{name:n})})}
      >
        <i></i>
      </button>`}return e===`button`?_`<button
        class="tonal"
        aria-labelledby="name"
        ?disabled=${!r}
        @click=${()=>this.ask({service:`press`,data:{},text:n})}
      >
        ${i(`device.run`)}
      </button>`:e===`select`?this.choice(t,n,r):this.number(t,n,r)}choice(e,t,n){let r=e.attributes.options??[],i=e=>$o(this.hass,this.localize,this.command,e);return _`<select
      aria-labelledby="name"
      ?disabled=${!n}
      @change=${n=>{let r=n.target,a=r.value;r.value=e.state,this.ask({service:`select_option`,data:{option:a},text:`${t}: ${i(a)}`})}}
    >
      ${r.includes(e.state)?y:_`<option value=${e.state} selected disabled>–</option>`}
      ${r.map(t=>_`<option value=${t} .selected=${t===e.state}>
          ${i(t)}
        </option>`)}
    </select>`}number(e,t,n){let{attributes:r}=e,i=Number.isFinite(Number(e.state))?String(Number(e.state)):``,a=String(r.unit_of_measurement??``),o=()=>{let e=this.draft??i;e!==``&&this.ask({service:`set_value`,data:{value:Number(e)},text:`${t}: ${e} ${a}`})};return _`<form
      @submit=${e=>{e.preventDefault(),o()}}
    >
      <input
        type="number"
        aria-labelledby="name"
        min=${Number(r.min??0)}
        max=${Number(r.max??0)}
        step=${Number(r.step??1)}
        .value=${this.draft??i}
        ?disabled=${!n}
        @input=${e=>{this.draft=e.target.value}}
      />
      <small>${a}</small>
      <button class="tonal" ?disabled=${!n||this.draft===void 0||this.draft===i}>
        ${this.localize(`device.write`)}
      </button>
    </form>`}consent(e){return _`<dialog
      aria-labelledby="question"
      @close=${()=>{this.asked=void 0}}
    >
      <h4 id="question">${this.asked?.text??e}</h4>
      <p>${this.localize(`device.consent`,{device:this.device.name})}</p>
      <div class="actions">
        <button class="plain" @click=${()=>this.dialog.close()}>
          ${this.localize(`device.cancel`)}
        </button>
        <button
          class="tonal"
          @click=${()=>{let e=this.asked;this.dialog.close(),e&&this.send(e)}}
        >
          ${this.localize(`device.do_it`)}
        </button>
      </div>
    </dialog>`}ask(e){this.error=void 0,qu(this.device,this.command)?(this.asked=e,this.dialog.showModal()):this.send(e)}async send({service:e,data:t}){let n=this.device.commands[this.command],r=n?.split(`.`)[0];if(n&&r){this.isBusy=!0;try{await this.hass.callService(r,e,t,{entity_id:n},!1),this.draft=void 0}catch(e){this.error=e}finally{this.isBusy=!1}}}static{this.styles=[D,g`
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--ews-space-1) var(--ews-space-3);
        min-height: 44px;
      }
      .name {
        flex: 1 1 auto;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .switch {
        position: relative;
        flex: none;
        width: 44px;
        height: 26px;
        border-radius: 13px;
        background: var(--ews-track-strong);
        transition: background-color 150ms;
      }
      .switch i {
        position: absolute;
        inset-block-start: 3px;
        inset-inline-start: 3px;
        width: 20px;
        height: 20px;
        border-radius: 50%;
        background: var(--card-background-color);
        box-shadow: 0 1px 3px rgb(0 0 0 / 35%);
        transition: translate 150ms;
      }
      .switch[aria-checked="true"] {
        background: var(--primary-color);
      }
      .switch[aria-checked="true"] i {
        translate: 18px;
      }
      :is(button, select, input):disabled {
        opacity: 0.45;
      }
      form {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
      }
      :is(select, input) {
        min-height: 36px;
        max-width: 190px;
        padding: 0 var(--ews-space-2);
        border: 1px solid var(--divider-color);
        border-radius: var(--ews-radius-small);
        color: inherit;
        background: var(--card-background-color);
        font: inherit;
      }
      input {
        width: 84px;
        text-align: end;
      }
      .error {
        margin: 0 0 var(--ews-space-2);
        color: var(--ews-bad);
        font-size: 13px;
      }
      dialog {
        max-width: min(400px, calc(100vw - 32px));
        padding: var(--ews-space-6);
        border: 0;
        border-radius: var(--ha-border-radius-xl, 20px);
        color: var(--primary-text-color);
        background: var(--card-background-color);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }
      h4 {
        margin: 0 0 var(--ews-space-2);
        font-size: 18px;
        font-weight: var(--ews-medium-weight);
      }
      dialog p {
        margin: 0 0 var(--ews-space-4);
      }
      .actions {
        display: flex;
        justify-content: flex-end;
        gap: var(--ews-space-2);
      }
      .plain {
        min-height: 36px;
        padding: 0 var(--ews-space-4);
        border-radius: var(--ha-border-radius-pill, 9999px);
      }
      .plain:hover {
        background: var(--ews-track);
      }
    `]}};R([F({attribute:!1})],K.prototype,`hass`,void 0),R([F({attribute:!1})],K.prototype,`device`,void 0),R([F()],K.prototype,`command`,void 0),R([F({attribute:!1})],K.prototype,`localize`,void 0),R([I()],K.prototype,`isBusy`,void 0),R([I()],K.prototype,`error`,void 0),R([I()],K.prototype,`asked`,void 0),R([I()],K.prototype,`draft`,void 0),R([ni(`dialog`)],K.prototype,`dialog`,void 0);var Ju=new Set([`W`,`var`,`VA`,`Wh`,`varh`,`VAh`,`dm³`]),Yu=60,Xu=3600,Zu=`–`;function Qu(e,t){if(e<Yu)return{number:k(e,t),unit:`s`};let n=Math.floor(e/Xu),r=Math.floor(e%Xu/Yu),i=Math.floor(e%Yu),a=e=>String(e).padStart(2,`0`);return n>0?{number:`${n}:${a(r)}:${a(i)}`,unit:`h`}:{number:`${r}:${a(i)}`,unit:`min`}}function $u(e,t,n,r){if(typeof e!=`number`)return{number:Zu,unit:``};let i=t?.unit??``;if(Ju.has(i))return En(e,i,n,r);if(i===`s`)return Qu(e,n);let a=t?.decimals??0;return{number:k(e,n,{minimumFractionDigits:a,maximumFractionDigits:a}),unit:i===`count`?``:i}}function ed(e,t,n){if(!Ju.has(n))return{unit:n,divisor:1};let r=e.map(e=>{let n=e===null?null:t[e];return typeof n==`number`?Math.abs(n):0});return gn(Math.max(0,...r),n)}var td=class extends b{constructor(...e){super(...e),this.quantities={},this.zone=`UTC`,this.entries=[]}disconnectedCallback(){super.disconnectedCallback(),this.stop?.(),this.sourceOf=void 0}willUpdate(){if(this.sourceOf===this.device.id||!this.isConnected)return;this.stop?.();let{id:e}=this.device;this.sourceOf=e,this.entries=[];let t=new gi(()=>rn(this.hass,this.entry,e));this.stop=t.listen(()=>{this.entries=t.state.value?.corrections??[]}),t.refresh()}render(){let{entries:e,localize:t}=this;return e.length===0?y:_`<details>
      <summary>${t(`corrections.title`,{count:e.length})}</summary>
      <ul>
        ${e.map(e=>this.row(e))}
      </ul>
    </details>`}row({at:e,quantity:t,kind:n,before:r,after:i,booked:a}){let{hass:o,device:s,localize:c}=this,l=L(o.locale,this.zone,{dateStyle:`medium`,timeStyle:`short`}).format(new Date(e)),u=r===i?this.amount(t,r):`${this.amount(t,r)} → ${this.amount(t,i)}`;return _`<li>
      <strong>${Mr(c,`corrections.kinds.${n}`,n)}</strong>
      <time datetime=${e}>${l}</time>
      <span>${Qo(o,s,t)}</span>
      <span>${u}</span>
      ${a?_`<span>${c(`corrections.booked`,{amount:this.amount(t,a)})}</span>`:y}
    </li>`}amount(e,t){let{number:n,unit:r}=$u(t,this.quantities[e],this.hass.locale);return r?`${n}\u00a0${r}`:n}static{this.styles=[D,g`
      summary {
        margin-top: var(--ews-space-2);
        color: var(--ews-muted);
        font-size: 13px;
        cursor: pointer;
      }
      ul {
        max-height: 320px;
        margin: var(--ews-space-2) 0 0;
        padding: 0;
        overflow-y: auto;
        list-style: none;
        font-size: 13px;
      }
      li {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 2px var(--ews-space-2);
        padding: 6px 0;
        border-top: 1px solid var(--divider-color);
      }
      strong {
        font-weight: var(--ews-medium-weight);
      }
      :is(time, span) {
        color: var(--ews-muted);
      }
      :is(time, span:nth-of-type(2n)) {
        text-align: end;
      }
    `]}};R([F({attribute:!1})],td.prototype,`hass`,void 0),R([F({attribute:!1})],td.prototype,`device`,void 0),R([F({attribute:!1})],td.prototype,`quantities`,void 0),R([F()],td.prototype,`zone`,void 0),R([F()],td.prototype,`entry`,void 0),R([F({attribute:!1})],td.prototype,`localize`,void 0),R([I()],td.prototype,`entries`,void 0);var nd=864e5,rd=1e3,id=7,ad=20,od=[{name:`day`,required:!0,selector:{date:{}}},{name:`time`,required:!0,selector:{time:{no_second:!0}}},{name:`energy`,required:!0,selector:{number:{min:.1,max:250,step:.1,mode:`box`,unit_of_measurement:`kWh`}}}],sd=e=>String(e).padStart(2,`0`);function cd(e,t,n){if(e){let t=new Date(e.at),{hour:r,minute:i}=j(t,n);return{day:M(t,n),time:`${sd(r)}:${sd(i)}:00`,energy:e.energy/rd}}return{day:M(j(t,n).hour<id?t:new Date(t.getTime()+nd),n),time:`${sd(id)}:00:00`,energy:ad}}function ld({day:e,time:t,energy:n}){if(e&&t&&n)return{at:`${e} ${t}`,energy:Math.round(n*rd)}}function ud(e){let{close:t,localize:n}=e;return _`<ha-dialog
    open
    header-title=${e.title}
    prevent-scrim-close
    @closed=${e=>{e.target===e.currentTarget&&t()}}
  >
    ${e.body}
    <ha-dialog-footer slot="footer">
      <ha-button slot="secondaryAction" appearance="plain" @click=${t}>
        ${n(`device.cancel`)}
      </ha-button>
      <ha-button
        slot="primaryAction"
        variant=${e.isDangerous?`danger`:y}
        ?disabled=${e.isBusy}
        @click=${e.finish}
      >
        ${e.take}
      </ha-button>
    </ha-dialog-footer>
  </ha-dialog>`}var q=class extends b{constructor(...e){super(...e),this.zone=``,this.data={},this.isIncomplete=!1,this.isBusy=!1}willUpdate(e){!this.hasUpdated&&e.has(`station`)&&(this.data=cd(this.station.departure,new Date,this.zone))}render(){let{localize:e,station:t}=this;return ud({title:e(`greenup.departure_of`,{name:t.name}),body:this.body(),take:e(`greenup.departure_take`),isBusy:this.isBusy,finish:()=>this.finish(),close:()=>this.close(),localize:e})}body(){let{localize:e,hass:t}=this,n=(t,n)=>Mr(e,`greenup.departure_${t}.${n}`,``);return _`<p>${e(`greenup.departure_means`)}</p>
      <ha-form
        .hass=${t}
        .data=${this.data}
        .schema=${od}
        .computeLabel=${({name:e})=>n(`label`,e)}
        .computeHelper=${({name:e})=>n(`help`,e)}
        @value-changed=${e=>{e.stopPropagation(),this.data=e.detail.value}}
      ></ha-form>
      ${this.complaint()}
      ${this.station.departure?_`<ha-button
              size="s"
              appearance="plain"
              variant="danger"
              ?disabled=${this.isBusy}
              @click=${()=>void this.send(null)}
            >
              ${e(`greenup.departure_back`)}
            </ha-button>`:y}`}complaint(){let{error:e,hass:t,localize:n}=this;return e===void 0&&!this.isIncomplete?y:_`<p class="error" role="alert">
      ${this.isIncomplete?n(`greenup.departure_missing`):C(e,t,n)}
    </p>`}finish(){let e=ld(this.data);this.isIncomplete=e===void 0,e&&this.send(e)}async send(e){this.error=void 0,this.isBusy=!0;try{await Ts(this.hass,this.entry,this.station.id,e),this.close()}catch(e){this.error=e}finally{this.isBusy=!1}}close(){this.dispatchEvent(new CustomEvent(`close`))}static{this.styles=[D,g`
      p {
        margin: 0 0 var(--ews-space-4);
        color: var(--ews-muted);
      }
      ha-form {
        display: block;
        margin-bottom: var(--ews-space-2);
      }
      .error {
        margin: var(--ews-space-2) 0;
        color: var(--ews-bad);
      }
    `]}};R([F({attribute:!1})],q.prototype,`hass`,void 0),R([F()],q.prototype,`entry`,void 0),R([F({attribute:!1})],q.prototype,`station`,void 0),R([F()],q.prototype,`zone`,void 0),R([F({attribute:!1})],q.prototype,`localize`,void 0),R([I()],q.prototype,`data`,void 0),R([I()],q.prototype,`isIncomplete`,void 0),R([I()],q.prototype,`error`,void 0),R([I()],q.prototype,`isBusy`,void 0);var dd={ok:`good`,ko:`bad`,incomplete:`warn`};function fd(e){return Object.hasOwn(dd,e)}function pd(e,t){let n=e.power_quality_entity,r=n?t[n]:void 0;if(!r||r.state===`unavailable`)return;let i=fd(r.state)?r.state:`none`,{week:a}=r.attributes;return{entityId:r.entity_id,verdict:i,tone:i===`none`?`calm`:dd[i],icon:`M16.5,21C13.5,21 12.31,16.76 11.05,12.28C10.14,9.04 9,5 7.5,5C4.11,5 4,11.93 4,12H2C2,11.63 2.06,3 7.5,3C10.5,3 11.71,7.25 12.97,11.74C13.83,14.8 15,19 16.5,19C19.94,19 20.03,12.07 20.03,12H22.03C22.03,12.37 21.97,21 16.5,21Z`,text:`week_check.${i}`,week:typeof a==`string`?a:``}}var md=class extends b{constructor(...e){super(...e),this.status=`unknown`}render(){let{device:e,site:t,hass:n,localize:r,status:i}=this,a=t.gateways.find(t=>t.id===e.gateway),o=t.loads.find(t=>t.id===e.load),s=t.groups.filter(t=>e.groups.includes(t.id)),c=[a?.name,r(`board.address`,{address:e.address}),o?.name,...s.map(e=>e.name)],l=jo(e,n.states,this.live?.values);return _`
      <div class="title">
        <h2>${e.name}</h2>
        <span class="status ${i}"><i></i>${r(`status.${i}`)}</span>
        ${n.user?.is_admin&&e.device_id?_`<a
                class="icon-button"
                href="/config/devices/device/${e.device_id}"
                aria-label=${r(`device.set_up`)}
                title=${r(`device.set_up`)}
                @click=${Vi}
                >${w(te)}</a
              >`:y}
      </div>
      <p>${[e.printed,e.description??r(`board.no_model`)].filter(Boolean).join(` · `)}</p>
      <p>${c.filter(Boolean).join(` · `)}</p>
      <div class="marks">
        ${Su(l,e=>$o(n,r,e.quantity,e.value),r)}
        ${this.weekCheck()} ${xu(e,r)} ${this.provenance()}
        ${e.excluded_from_totals?_`<span class="mark">${r(`board.excluded`)}</span>`:y}
      </div>
      ${this.explanation()}
    `}weekCheck(){let e=pd(this.device,this.hass.states);return e?_`<button
      class="state-badge week-check ${e.tone}"
      title=${e.week||y}
      @click=${()=>Ri(this,e.entityId)}
    >
      ${w(e.icon)} ${this.localize(e.text)}
    </button>`:y}provenance(){let{provenance:e}=this.device;if(!e)return y;let t=mr(this.device)&&!this.device.map_confirmed,n=$o(this.hass,this.localize,`provenance`,e);return _`<span class="mark ${t?`open`:``}" title=${this.localize(`device.provenance`)}>
      ${w(t?se:`M21,11C21,16.55 17.16,21.74 12,23C6.84,21.74 3,16.55 3,11V5L12,1L21,5V11M12,21C15.75,20 19,15.54 19,11.22V6.3L12,3.18L5,6.3V11.22C5,15.54 8.25,20 12,21M10,17L6,13L7.41,11.59L10,14.17L16.59,7.58L18,9`)} ${n}
      ${this.device.map_confirmed?` · ${this.localize(`device.confirmed`)}`:y}
    </span>`}explanation(){let{device:e,localize:t}=this;return!mr(e)||e.map_confirmed?y:_`<p class="explanation">
      ${w(se)}
      <span>
        ${t(e.provenance===`recalled`?`board.unverified_recalled`:`board.unverified_assumed`)}
      </span>
    </p>`}static{this.styles=[D,Cu,g`
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--ews-space-3);
      }
      h2 {
        min-width: 0;
        margin: 0;
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ews-medium-weight);
        overflow-wrap: anywhere;
      }
      p {
        margin: 0;
        color: var(--ews-muted);
        overflow-wrap: anywhere;
      }
      .status {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .status i {
        width: 9px;
        height: 9px;
        border-radius: 50%;
        background: var(--disabled-color, #bdbdbd);
      }
      .status.on i {
        background: var(--ews-good);
      }
      .status:is(.communication_error, .failure) {
        color: var(--ews-bad);
      }
      .status:is(.communication_error, .failure) i {
        background: var(--ews-bad);
      }
      .status.configuration i {
        background: var(--ews-warn);
      }
      .icon-button {
        margin-inline-start: auto;
      }
      .marks {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px var(--ews-space-2);
        margin-top: var(--ews-space-2);
      }
      .mark {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        padding: 1px 8px;
        border-radius: 6px;
        background: var(--ews-track);
        font-size: var(--ews-small);
        --ews-icon: 16px;
      }
      .week-check {
        text-align: start;
        white-space: normal;
      }
      .mark.open {
        color: color-mix(in srgb, var(--ews-warn) 70%, var(--primary-text-color));
        background: color-mix(in srgb, var(--ews-warn) 16%, transparent);
      }
      .explanation {
        display: flex;
        gap: var(--ews-space-2);
        margin-top: var(--ews-space-3);
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        color: inherit;
        background: color-mix(in srgb, var(--ews-warn) 12%, transparent);
        font-size: 13px;
      }
    `]}};R([F({attribute:!1})],md.prototype,`hass`,void 0),R([F({attribute:!1})],md.prototype,`site`,void 0),R([F({attribute:!1})],md.prototype,`device`,void 0),R([F()],md.prototype,`status`,void 0),R([F({attribute:!1})],md.prototype,`live`,void 0),R([F({attribute:!1})],md.prototype,`localize`,void 0);var hd=[`l1`,`l2`,`l3`],gd=[`l1_l2`,`l2_l3`,`l3_l1`],_d=(e,t)=>Array.from({length:t},(t,n)=>`${e}_${n+1}`),vd=[..._d(`input`,12),..._d(`analogue_input`,4)],yd=8,bd=[`active_energy_import`,`active_energy_export`,`reactive_energy_import`,`reactive_energy_export`,`apparent_energy`],xd=[...bd,...bd.map(e=>`${e}_partial`),..._d(`active_energy_import_t`,8).map(e=>e.replace(`t_`,`t`)),..._d(`reactive_energy_import_t`,8).map(e=>e.replace(`t_`,`t`)),`run_hours`],Sd=[`active_power`,`reactive_power`,`apparent_power`],Cd=[`power_factor`,`power_factor_sector`],wd=[`breaker_state`,`contact_state`,`fault_trip`,`trip_cause`,`trip_current`,`trip_count`,`operation_count`,`rated_current`,`prealarm`,`internal_fault`,`earth_fault_alarm`],Td=[`station_state`,`charge_state`,`plug_in_use`,`session_state`,`session_energy`,`session_charge`,`session_duration`,`current_limit`,`rated_current`,`ev_plug`,`domestic_plug`,`station_temperature`];function Ed(e,t,n,r){let i=t.map(t=>({name:t,quantities:n.map(n=>{let i=r(t,n);return e.has(i)?i:null})})),a=n.map((e,t)=>t).filter(e=>i.some(t=>t.quantities[e])),o=i.filter(e=>e.quantities.some(e=>e!==null)).map(({name:e,quantities:t})=>({name:e,quantities:a.map(e=>t[e]??null)}));return o.length===0?[]:[{kind:`matrix`,columns:a.map(e=>n[e]??``),rows:o}]}var Dd=(e,t)=>t===`total`?e:`${e}_${t}`;function Od(e,t){let n=t.filter(t=>e.has(t));return n.length>0?[{kind:`list`,quantities:n}]:[]}function kd(e){return e.length>0?[...e,{kind:`corrections`}]:[]}function Ad(e,t){return Ed(e,[`voltage`,`current`].flatMap(e=>t.map(t=>`${e}_${t}`)),hd,(e,t)=>{let[n=``,r=``]=e.split(`_`);return`${n}_${t}_${r}`})}function jd(e,t){let n=Array.from({length:yd},(e,t)=>t+1).filter(n=>t.has(`output_${n}`)||e.commands[`output_${n}`]);return n.length>0?[{kind:`outputs`,numbers:n}]:[]}var Md=/^output_\d+_/;function Nd(e){return e.filter(e=>!e.startsWith(`output_`))}function Pd(e){return e.filter(e=>!Md.test(e))}function Fd(e){return e.known_commands.some(t=>Md.test(t)&&!e.commands[t])}function Id(e){let t=Nd(e.known_commands);return t.length>0||e.waiting_commands.length>0?[{kind:`commands`,keys:t}]:[]}var Ld=(e,t)=>e.has(t)?[{kind:`errors`,quantity:t}]:[];function Rd(e){let t=new Set(e.quantities),n=t.has(`station_state`);return[{key:`state`,parts:n?[]:Od(t,wd)},{key:`station`,parts:n?Od(t,Td):[]},{key:`inputs`,parts:Od(t,vd)},{key:`outputs`,parts:jd(e,t)},{key:`power`,parts:[...Ed(t,[...Sd,...Cd],[`total`,...hd],Dd),...Ed(t,Sd,[`average`,`maximum`],Dd)]},{key:`network`,parts:[...Ed(t,[`voltage`,`current`],[...hd,`n`],Dd),...Ed(t,[`voltage_pairs`],gd,(e,t)=>`voltage_${t}`),...Od(t,[`frequency`,`temperature`]),...Ad(t,[`average`,`minimum`,`maximum`])]},{key:`energy`,parts:kd([...Od(t,xd),...Ed(t,bd,hd,Dd)])},{key:`volume`,parts:kd(Od(t,[`gas_volume`,`water_volume`,`pulse_count`]))},{key:`thd`,parts:[...Ed(t,[`thd_voltage`,`thd_current`],[...hd,`n`],Dd),...Ed(t,[`thd_voltage_pairs`],gd,(e,t)=>`thd_voltage_${t}`)]},{key:`harmonics`,parts:e.has_harmonics?[{kind:`harmonics`}]:[]},{key:`station_errors`,parts:Ld(t,`station_error`)},{key:`charge_errors`,parts:Ld(t,`charge_error`)},{key:`command`,parts:Id(e)}].filter(e=>e.parts.length>0)}var zd=g`
  :host {
    container: pages / inline-size;
  }
  .pager {
    display: none;
    align-items: center;
    justify-content: space-between;
    gap: var(--ews-space-2);
    margin-bottom: var(--ews-space-2);
    --ews-icon: 24px;
  }
  .pager span {
    font-weight: var(--ews-medium-weight);
  }
  .pages {
    columns: 280px;
    column-gap: var(--ews-space-4);
  }
  section {
    display: block;
    max-width: 400px;
    margin-bottom: var(--ews-space-4);
    padding: var(--ews-space-3) var(--ews-space-4) var(--ews-space-4);
    border: 1px solid var(--divider-color);
    border-radius: var(--ews-radius);
    break-inside: avoid;
  }
  h3 {
    margin: 0 0 var(--ews-space-2);
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
  }
  small {
    color: var(--ews-muted);
    font-size: var(--ews-small);
    font-weight: normal;
  }
  table {
    width: 100%;
    margin-bottom: var(--ews-space-2);
    border-collapse: collapse;
    font-size: 13px;
  }
  table :is(th, td) {
    padding: 6px 2px;
    border-bottom: 1px solid color-mix(in srgb, var(--divider-color) 60%, transparent);
    font-weight: normal;
    text-align: end;
    white-space: nowrap;
  }
  tbody th {
    text-align: start !important;
    white-space: normal !important;
  }
  tbody th small {
    display: block;
  }
  thead th {
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  dl {
    margin: 0 0 var(--ews-space-2);
  }
  dl > div {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--ews-space-3);
    padding: 5px 0;
    border-bottom: 1px solid color-mix(in srgb, var(--divider-color) 60%, transparent);
  }
  dt {
    min-width: 0;
    color: var(--ews-muted);
    overflow-wrap: anywhere;
  }
  dd {
    flex: none;
    max-width: 60%;
    margin: 0;
    text-align: end;
  }
  .value {
    padding: 1px 4px;
    margin: -1px -4px;
    border-radius: 6px;
    text-align: end;
  }
  .value:hover {
    background: var(--ews-track-strong);
  }
  .tag {
    display: inline-block;
    padding: 1px 10px;
    border-radius: var(--ha-border-radius-pill, 9999px);
    background: var(--ews-track);
    --ews-tone: var(--primary-text-color);
    color: color-mix(in srgb, var(--ews-tone) 70%, var(--primary-text-color));
  }
  .tag:is(.good, .bad, .warn, .busy) {
    background: color-mix(in srgb, var(--ews-tone) 16%, transparent);
    font-weight: var(--ews-medium-weight);
  }
  .good {
    --ews-tone: var(--ews-good) !important;
  }
  .bad {
    --ews-tone: var(--ews-bad) !important;
  }
  .warn {
    --ews-tone: var(--ews-warn) !important;
  }
  .busy {
    --ews-tone: var(--primary-color) !important;
  }
  .errors .is-on dt {
    color: inherit;
    font-weight: var(--ews-medium-weight);
  }
  .output + .output {
    margin-top: var(--ews-space-2);
    padding-top: var(--ews-space-2);
    border-top: 1px solid var(--divider-color);
  }
  summary {
    padding: 4px 0;
    color: var(--ews-muted);
    font-size: 13px;
    cursor: pointer;
  }
  .missing {
    padding: var(--ews-space-3);
    border-radius: var(--ews-radius-small);
    background: var(--ews-track);
    font-size: 13px;
  }
  .missing.waiting {
    background: color-mix(in srgb, var(--ews-warn) 12%, transparent);
  }
  * + .missing {
    margin-top: var(--ews-space-3);
  }
  .hint {
    margin: var(--ews-space-3) 0 0;
    color: var(--ews-muted);
    font-size: 13px;
  }
  .hint a {
    color: var(--primary-color);
  }
  .missing p {
    margin: 0;
  }
  .missing ul {
    margin: var(--ews-space-1) 0 var(--ews-space-2);
    padding-inline-start: 20px;
  }
  @container pages (max-width: 616px) {
    .pager {
      display: flex;
    }
    .pages {
      display: flex;
      align-items: flex-start;
      columns: auto;
      column-gap: 0;
      overflow-x: auto;
      scroll-snap-type: x mandatory;
      scrollbar-width: none;
    }
    section {
      display: block;
      flex: 0 0 100%;
      min-width: 0;
      max-width: none;
      margin-bottom: 0;
      scroll-snap-align: start;
    }
    section > h3 {
      display: none;
    }
  }
`,Bd=900,Vd=class extends b{constructor(...e){super(...e),this.quantities={},this.zone=`UTC`,this.index=0,this.arrive=()=>{this.turning=void 0,this.follow()}}render(){let e=Rd(this.device);if(e.length===0)return y;let t=Math.min(this.index,e.length-1),n=e[t],r=(n,r,i)=>_`<button
      class="icon-button"
      aria-label=${i}
      title=${i}
      ?disabled=${!e[t+n]}
      @click=${()=>this.turn(t+n)}
    >
      ${w(r,`turns`)}
    </button>`;return _`
      ${e.length>1?_`<div class="pager">
              ${r(-1,p,this.localize(`device.previous_page`))}
              <span role="status">
                ${n?this.titleOf(n):``}
                <small>${t+1} / ${e.length}</small>
              </span>
              ${r(1,m,this.localize(`device.next_page`))}
            </div>`:y}
      <div class="pages" @scroll=${this.follow}>
        ${e.map(e=>_`<section data-page=${e.key} aria-label=${this.titleOf(e)}>
            <h3>${this.titleOf(e)}</h3>
            ${e.parts.map(e=>this.draw(e))}
          </section>`)}
      </div>
    `}willUpdate(e){let t=e.get(`device`);t&&t.id!==this.device.id&&(this.index=0,this.scroller?.scrollTo({left:0}))}titleOf({key:e}){return this.localize(`pages.${e}`)}turn(e){this.index=e,clearTimeout(this.turning),this.turning=setTimeout(this.arrive,Bd);let t=(getComputedStyle(this).direction===`rtl`?-1:1)*e*this.scroller.clientWidth;this.scroller.scrollTo({left:t,behavior:`smooth`})}follow(){let{clientWidth:e,scrollLeft:t}=this.scroller;this.turning===void 0&&e!==0&&(this.index=Math.round(Math.abs(t)/e))}draw(e){switch(e.kind){case`matrix`:return this.matrix(e);case`list`:return this.list(e);case`errors`:return this.errors(e);case`outputs`:return this.outputs(e);case`commands`:return this.commands(e.keys);case`corrections`:return _`<legrand-ews-corrections
          .hass=${this.hass}
          .device=${this.device}
          .quantities=${this.quantities}
          .zone=${this.zone}
          .entry=${this.entry}
          .localize=${this.localize}
        ></legrand-ews-corrections>`;default:return _`<legrand-ews-harmonics
          .hass=${this.hass}
          .device=${this.device}
          .entry=${this.entry}
          .localize=${this.localize}
        ></legrand-ews-harmonics>`}}get values(){return this.live?.values??{}}matrix({columns:e,rows:t}){let{values:n}=this,r=e=>Mr(this.localize,`columns.${e}`,e);return _`<table>
      <thead>
        <tr>
          <td></td>
          ${e.map(e=>_`<th scope="col">${r(e)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${t.map(({name:e,quantities:t})=>{let r=t.find(e=>e!==null)??``,i=this.quantities[r]?.unit??``,a=ed(t,n,i);return _`<tr>
            <th scope="row">
              ${Mr(this.localize,`matrix.${e}`,e)}
              ${a.unit?_`<small>${a.unit}</small>`:y}
            </th>
            ${t.map(e=>e===null?_`<td></td>`:_`<td>
                    ${this.cell(e,this.numberOf(e,a))}
                  </td>`)}
          </tr>`})}
      </tbody>
    </table>`}numberOf(e,t){let n=this.values[e];return typeof n==`string`?Mr(this.localize,`sectors.${n}`,n):$u(n,this.quantities[e],this.hass.locale,t).number}cell(e,t){let n=this.device.entities[e];return n?_`<button class="value" title=${Qo(this.hass,this.device,e)} @click=${()=>Ri(this,n)}>
      ${t}
    </button>`:t}list({quantities:e}){return _`<dl>
      ${e.map(e=>_`<div>
          <dt>${Qo(this.hass,this.device,e)}</dt>
          <dd>${this.cell(e,this.value(e))}</dd>
        </div>`)}
    </dl>`}value(e){if(!this.live)return _`<span class="bone" style="width:56px;height:16px"></span>`;let t=this.quantities[e],n=this.values[e];if(typeof n==`string`)return this.tag(e,n);let{number:r,unit:i}=$u(n,t,this.hass.locale),a=this.device.units?.[e]??i;return _`${r} ${a?_`<small>${a}</small>`:y}`}tag(e,t){return _`<span class="tag ${wo(e,t)}">
      ${$o(this.hass,this.localize,e,t)}
    </span>`}stateNow(e){let t=this.values[e];return typeof t==`string`?t:To(this.device,e,this.hass.states)}errors({quantity:e}){let t=this.stateNow(e);return _`<dl class="errors">
      ${(this.quantities[e]?.options??[]).filter(e=>e!==`none`).map(n=>{let r=t===n,i=this.localize(r?`device.yes`:`device.no`);return _`<div class=${r?`is-on`:``}>
          <dt>${$o(this.hass,this.localize,e,n)}</dt>
          <dd>
            ${t===void 0?`–`:_`<span class="tag ${r?`bad`:`calm`}">${i}</span>`}
          </dd>
        </div>`})}
    </dl>`}control(e){return _`<legrand-ews-control
      .hass=${this.hass}
      .device=${this.device}
      .command=${e}
      .localize=${this.localize}
    ></legrand-ews-control>`}outputs({numbers:e}){let{device:t}=this,n=e.map(e=>{let n=[`normal_state`,`mode`,`on_time`].map(t=>`output_${e}_${t}`),r=`output_${e}`,i=n.filter(e=>t.commands[e]||t.quantities.includes(e));return _`<div class="output">
        ${t.commands[r]?this.control(r):this.plain(r)}
        ${i.length>0?_`<details>
                <summary>${this.localize(`device.settings`)}</summary>
                ${i.map(e=>t.commands[e]?this.control(e):this.plain(e))}
              </details>`:y}
      </div>`}),r=`/config/devices/device/${t.device_id}`;return _`${n}
    ${Fd(t)&&this.hass.user?.is_admin&&t.device_id?_`<p class="hint">
            ${this.localize(`device.disabled_settings`)}
            <a href=${r} @click=${Vi}>${this.localize(`device.disabled_action`)}</a>
          </p>`:y}`}plain(e){return _`<dl>
      <div>
        <dt>${Qo(this.hass,this.device,e)}</dt>
        <dd>${this.cell(e,this.value(e))}</dd>
      </div>
    </dl>`}commands(e){let{device:t}=this,n=e.filter(e=>t.commands[e]),r=e.filter(e=>!t.commands[e]);return _`${n.map(e=>this.control(e))}
    ${this.missing(`waiting`,Pd(t.waiting_commands))}
    ${this.missing(`disabled`,r)}`}missing(e,t){if(t.length===0)return y;let{hass:n,device:r,localize:i}=this,a=n.user?.is_admin&&r.device_id,o=e===`waiting`?`/config/integrations/integration/legrand_ews`:`/config/devices/device/${r.device_id}`;return _`<div class="missing ${e}">
      <p>${i(`device.${e}`)}</p>
      <ul>
        ${t.map(e=>_`<li>${Qo(n,r,e)}</li>`)}
      </ul>
      ${a?_`<a class="tonal" href=${o} @click=${Vi}>${i(`device.${e}_action`)}</a>`:_`<p>${i(`device.ask_admin`)}</p>`}
    </div>`}static{this.styles=[D,zd]}};R([F({attribute:!1})],Vd.prototype,`hass`,void 0),R([F({attribute:!1})],Vd.prototype,`device`,void 0),R([F({attribute:!1})],Vd.prototype,`quantities`,void 0),R([F({attribute:!1})],Vd.prototype,`live`,void 0),R([F()],Vd.prototype,`zone`,void 0),R([F()],Vd.prototype,`entry`,void 0),R([F({attribute:!1})],Vd.prototype,`localize`,void 0),R([I()],Vd.prototype,`index`,void 0),R([ni(`.pages`)],Vd.prototype,`scroller`,void 0);var Hd=g`
      .row {
        position: relative;
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) 112px 168px 124px 104px;
        align-items: center;
        column-gap: var(--ews-space-4);
        min-height: 56px;
        padding: 6px var(--ews-space-4);
        transition: background-color 120ms;
      }
      .row:has(a.name, button.name):hover {
        background: var(--ews-track);
      }
      .badge {
        position: relative;
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        color: color-mix(in srgb, var(--ews-load) 80%, var(--primary-text-color));
        background: color-mix(in srgb, var(--ews-load) 18%, transparent);
      }
      .dot {
        position: absolute;
        inset-block-end: -1px;
        inset-inline-end: -1px;
        width: 11px;
        height: 11px;
        border: 2px solid var(--card-background-color);
        border-radius: 50%;
        background: var(--disabled-color, #bdbdbd);
      }
      .on .dot {
        background: var(--ews-good);
      }
      :is(.communication_error, .failure) .dot {
        background: var(--ews-bad);
      }
      .configuration .dot {
        background: var(--ews-warn);
      }
      .what {
        min-width: 0;
      }
      .title {
        display: flex;
        align-items: center;
        gap: 6px;
        min-width: 0;
      }
      .name {
        overflow: hidden;
        font-weight: var(--ews-medium-weight);
        text-align: start;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      /* The whole row leads where its name leads; the figures lie above it. */
      :is(a, button).name::after {
        content: "";
        position: absolute;
        inset: 0;
      }
      .model,
      .where small {
        overflow: hidden;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .badges {
        margin-top: 3px;
      }
      .where .functions {
        margin-top: 4px;
      }
      .inline-address {
        display: none;
      }
      .mark {
        position: relative;
        z-index: 1;
        flex: none;
        color: var(--ews-muted);
        --ews-icon: 16px;
      }
      .unverified {
        padding: 2px;
        border-radius: 6px;
        color: color-mix(in srgb, var(--ews-warn) 70%, var(--primary-text-color));
        background: color-mix(in srgb, var(--ews-warn) 16%, transparent);
      }
      .aside {
        flex: 0 100 auto;
        min-width: 0;
        padding: 0 6px;
        overflow: hidden;
        border-radius: 6px;
        background: var(--ews-track);
        font-size: 11px;
        line-height: 18px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .where {
        display: grid;
        justify-items: start;
        min-width: 0;
      }
      .where small {
        max-width: 100%;
      }
      .address {
        padding: 1px 8px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        background: var(--ews-track-strong);
        font-size: var(--ews-small);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
      }
      .lines {
        display: grid;
        justify-items: end;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        white-space: nowrap;
      }
      .power,
      .counter {
        display: grid;
        justify-items: end;
        gap: 3px;
      }
      .figure {
        position: relative;
        z-index: 1;
        padding: 2px 6px;
        margin: -2px -6px;
        border-radius: 6px;
        white-space: nowrap;
      }
      .figure:hover {
        background: var(--ews-track-strong);
      }
      .power .figure {
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
      }
      small {
        color: var(--ews-muted);
        font-size: var(--ews-small);
        font-weight: normal;
      }
      .bar {
        width: 100%;
        height: 3px;
        overflow: hidden;
        border-radius: 2px;
        background: var(--ews-track);
      }
      .bar i {
        display: block;
        height: 100%;
        border-radius: inherit;
        transition: inline-size 400ms;
      }
      .state {
        grid-column: 4 / -1;
        justify-self: end;
        color: var(--ews-muted);
      }
      .communication_error .state {
        color: var(--ews-bad);
        font-weight: var(--ews-medium-weight);
      }
      .configuration .state {
        color: color-mix(in srgb, var(--ews-warn) 70%, var(--primary-text-color));
        font-weight: var(--ews-medium-weight);
      }
      .off :is(.name, .badge) {
        color: var(--ews-muted);
      }
      .explanation {
        display: flex;
        gap: var(--ews-space-2);
        margin: var(--ews-space-1) var(--ews-space-4) var(--ews-space-3);
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        background: color-mix(in srgb, var(--ews-warn) 12%, transparent);
        font-size: 13px;
      }
      @container board (max-width: 860px) {
        .row {
          grid-template-columns: 36px minmax(0, 1fr) 96px 112px 96px;
        }
        .lines {
          display: none;
        }
      }
      @container board (max-width: 600px) {
        .row {
          grid-template-columns: 36px minmax(0, 1fr) auto;
          grid-template-rows: auto auto;
          column-gap: var(--ews-space-3);
          padding: 8px var(--ews-space-3);
        }
        .badge,
        .what {
          grid-row: 1 / -1;
        }
        .where,
        .bar {
          display: none;
        }
        .inline-address {
          display: inline;
        }
        .power {
          grid-area: 1 / 3;
        }
        .counter {
          grid-area: 2 / 3;
          color: var(--ews-muted);
          font-size: var(--ews-small);
        }
        .power:empty + .counter {
          grid-row: 1 / -1;
          color: inherit;
          font-size: inherit;
        }
        .power .figure {
          font-size: var(--ews-normal);
        }
        .state {
          grid-area: 1 / 3 / -1;
          align-self: center;
          max-width: 110px;
          text-align: end;
        }
      }
    `,J=class extends b{constructor(...e){super(...e),this.status=`unknown`,this.gateway=``,this.largest=0,this.path=``,this.badges=[],this.badgeText=()=>``,this.isExplained=!1}render(){let{device:e,localize:t,status:n}=this,r=t(`board.address`,{address:e.address});return _`
      <div class="row ${n}" part="row">
        ${this.badge()}
        <div class="what">
          <div class="title">${this.name()} ${this.marks()}</div>
          <div class="model" title=${this.model()}>
            <span class="inline-address">${r} · </span>${this.model()}
          </div>
          ${Su(this.badges,this.badgeText,t)}
        </div>
        <div class="where" title=${this.gateway?`${this.gateway}, ${r}`:r}>
          <span class="address">
            <span class="hidden">${r}</span><span aria-hidden="true">${e.address}</span>
          </span>
          ${this.gateway?_`<small>${this.gateway}</small>`:xu(e,t)}
        </div>
        ${this.figures()}
      </div>
      ${this.isExplained?this.explanation():y}
    `}badge(){let{device:e,load:t,status:n}=this,r=oi(e),i=e.enabled&&t?t.color:`var(--ews-muted)`,a=this.localize(`status.${n}`),o=[t?.name,a].filter(Boolean).join(` · `);return _`<div class="badge" style="--ews-load:${i}" title=${o}>
      ${w(r)}
      <span class="dot"></span>
      <span class="hidden">${o}</span>
    </div>`}name(){let{device:e}=this;if(this.path)return _`<a class="name" href=${this.path} @click=${Vi}>${e.name}</a>`;let t=this.values.power?.entityId??this.values.counter?.entityId??e.status_entity;return t?_`<button class="name" @click=${()=>Ri(this,t)}>
      ${e.name}
    </button>`:_`<span class="name">${e.name}</span>`}model(){let{device:e,localize:t}=this;if(e.model===null)return t(`board.no_model`);let n=e.description??e.family_name;return[e.printed,n].filter(Boolean).join(` · `)}marks(){let{device:e,localize:t}=this;return _`${e.excluded_from_totals?_`<span class="mark aside" title=${t(`board.excluded`)}>${t(`board.excluded`)}</span>`:y}${mr(e)?_`<button
            class="mark unverified"
            aria-expanded=${this.isExplained}
            aria-label=${t(`board.unverified`)}
            title=${t(`board.unverified`)}
            @click=${()=>{this.isExplained=!this.isExplained}}
          >
            ${w(se)}
          </button>`:y}`}explanation(){let e=this.device.provenance===`recalled`?`board.unverified_recalled`:`board.unverified_assumed`;return _`<p class="explanation" role="status">
      ${w(se)}
      <span><strong>${this.localize(`board.unverified`)}.</strong> ${this.localize(e)}</span>
    </p>`}figures(){let{status:e,values:t,localize:n}=this;if(e!==`on`&&e!==`failure`)return _`<div class="state">${n(`status.${e}`)}</div>`;let{power:r,counter:i,voltages:a,currents:o}=t;return _`
      <div class="lines">
        ${this.phases(a,n(`board.voltage`))}
        ${this.phases(o,n(`board.current`))}
      </div>
      <div class="power">
        ${r?this.figure(r):y} ${r?this.bar(r):y}
      </div>
      <div class="counter">${i?this.figure(i):y}</div>
    `}figure(e){return _`<button
      class="figure"
      aria-label=${`${this.localize(`board.${e.kind}`)}: ${e.text.number} ${e.text.unit}`}
      title=${this.localize(`board.${e.kind}`)}
      @click=${()=>Ri(this,e.entityId)}
    >
      ${e.text.number} <small>${e.text.unit}</small>
    </button>`}bar(e){return this.device.excluded_from_totals?y:_`<span class="bar"
      ><i style="inline-size:${(100*(this.largest>0?Math.max(0,e.base??0)/this.largest:0)).toFixed(1)}%;background:${this.load?.color??`var(--ews-muted)`}"></i
    ></span>`}phases(e,t){let[n]=e;return n?_`<span title=${t}>
      <span class="hidden">${t}</span>${e.map(e=>e.text.number).join(` · `)} <small>${n.text.unit}</small>
    </span>`:y}static{this.styles=[D,Cu,Hd]}};R([F({attribute:!1})],J.prototype,`device`,void 0),R([F({attribute:!1})],J.prototype,`load`,void 0),R([F()],J.prototype,`status`,void 0),R([F({attribute:!1})],J.prototype,`values`,void 0),R([F()],J.prototype,`gateway`,void 0),R([F({type:Number})],J.prototype,`largest`,void 0),R([F()],J.prototype,`path`,void 0),R([F({attribute:!1})],J.prototype,`badges`,void 0),R([F({attribute:!1})],J.prototype,`badgeText`,void 0),R([F({attribute:!1})],J.prototype,`localize`,void 0),R([I()],J.prototype,`isExplained`,void 0);var Ud=4,Wd=[1,2,5,10,20,50,100,200,500],Gd=class extends b{constructor(...e){super(...e),this.chosen=0,this.news=0}disconnectedCallback(){super.disconnectedCallback(),this.stop?.(),this.source=void 0,this.sourceOf=void 0}willUpdate(){if(this.sourceOf===this.device.id||!this.isConnected)return;this.stop?.();let{id:e}=this.device;this.sourceOf=e,this.source=new gi(()=>nn(this.hass,this.entry,e)),this.stop=this.source.listen(()=>{this.news+=1}),this.source.refresh()}render(){let{value:e,error:t,isLoading:n}=this.source?.state??mi,{hass:r,localize:i}=this;if(t!==void 0)return E(t,r,i,()=>void this.source?.refresh());if(!e)return _`<span class="bone plot" role="status"></span>`;let a=e.series[this.chosen]??e.series[0];return a?_`<div class="head">
        <legrand-ews-picker
          .options=${e.series.map((e,t)=>({value:String(t),label:Qo(r,this.device,e.quantity)}))}
          .value=${String(this.chosen)}
          .label=${i(`device.harmonics_of`)}
          @change=${e=>{this.chosen=Number(e.detail)}}
        ></legrand-ews-picker>
        <button
          class="icon-button"
          ?disabled=${n}
          aria-label=${i(`device.read_again`)}
          title=${i(`device.read_again`)}
          @click=${()=>void this.source?.refresh()}
        >
          ${w(`M17.65,6.35C16.2,4.9 14.21,4 12,4A8,8 0 0,0 4,12A8,8 0 0,0 12,20C15.73,20 18.84,17.45 19.73,14H17.65C16.83,16.33 14.61,18 12,18A6,6 0 0,1 6,12A6,6 0 0,1 12,6C13.66,6 15.14,6.69 16.22,7.78L13,11H20V4L17.65,6.35Z`)}
        </button>
      </div>
      ${this.plot(e,a.values)} ${this.table(e,a.values)}`:y}percent(e){return e==null?`–`:`${k(e,this.hass.locale,{maximumFractionDigits:1})}\u00a0%`}plot({ranks:e},t){let n=Math.max(.5,...t.map(e=>e??0)),r=Wd.find(e=>e>=n)??n;return _`<div class="plot" aria-hidden="true">
      <span class="top">${this.percent(r)}</span>
      <div class="bars">
        ${e.map((e,n)=>{let i=t[n],a=100*Math.max(0,i??0)/r;return _`<span class="bar" title="${e}: ${this.percent(i)}">
            ${i==null?y:_`<i style="height:${a.toFixed(1)}%"></i>`}
            <small>${n%Ud===0?e:``}</small>
          </span>`})}
      </div>
    </div>`}table({ranks:e},t){return _`<details>
      <summary>${this.localize(`tools.table`)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">${this.localize(`device.rank`)}</th>
            <th scope="col">%</th>
          </tr>
        </thead>
        <tbody>
          ${e.map((e,n)=>_`<tr>
              <th scope="row">${e}</th>
              <td>${this.percent(t[n])}</td>
            </tr>`)}
        </tbody>
      </table>
    </details>`}static{this.styles=[D,O,g`
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      .plot {
        display: block;
        position: relative;
        height: 190px;
        margin-top: var(--ews-space-2);
        padding-top: 18px;
      }
      .bone.plot {
        width: 100%;
      }
      .top {
        position: absolute;
        inset-block-start: 0;
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      .bars {
        display: flex;
        gap: 2px;
        height: 100%;
        padding-bottom: 18px;
        border-top: 1px dashed var(--divider-color);
      }
      .bar {
        position: relative;
        display: flex;
        flex: 1;
        align-items: flex-end;
        border-bottom: 1px solid var(--divider-color);
      }
      .bar:hover {
        background: var(--ews-track);
      }
      .bar i {
        flex: 1;
        min-height: 1px;
        border-radius: 2px 2px 0 0;
        background: var(--primary-color);
      }
      .bar small {
        position: absolute;
        inset-block-start: 100%;
        inset-inline-start: 50%;
        translate: -50%;
        color: var(--ews-muted);
        font-size: 11px;
      }
      summary {
        margin-top: var(--ews-space-2);
        color: var(--ews-muted);
        font-size: 13px;
        cursor: pointer;
      }
      table {
        width: 100%;
        font-size: 13px;
      }
      :is(th, td) {
        font-weight: normal;
        text-align: end;
      }
      th {
        text-align: start;
      }
    `]}};R([F({attribute:!1})],Gd.prototype,`hass`,void 0),R([F({attribute:!1})],Gd.prototype,`device`,void 0),R([F()],Gd.prototype,`entry`,void 0),R([F({attribute:!1})],Gd.prototype,`localize`,void 0),R([I()],Gd.prototype,`chosen`,void 0),R([I()],Gd.prototype,`news`,void 0);var Kd=class extends b{constructor(...e){super(...e),this.isBusy=!1,this.isAsked=!1}get entity(){return this.charging.entities.load_management}get concerned(){return this.charging.stations.filter(e=>e.is_managed&&e.session!==null).map(({name:e})=>e)}render(){let{localize:e,hass:t,charging:n,entity:r}=this;if(!r)return y;let i=(t.states[r]?.state??`unavailable`)!==`unavailable`;return _`<ha-switch
        .checked=${yu(n.is_enabled)}
        .disabled=${!i||this.isBusy}
        @change=${e=>{let t=e.target,r=t.checked;t.checked=n.is_enabled,this.ask(r)}}
        >${e(`greenup.load_management`)}</ha-switch
      >
      ${this.error===void 0?y:_`<p class="error" role="alert">${C(this.error,t,e)}</p>`}
      ${this.isAsked?this.question():y}`}question(){let{localize:e}=this;return ud({title:e(`greenup.switch_off_title`),body:_`<p>${e(`greenup.switch_off_text`)}</p>
        <p>${e(`greenup.switch_off_stations`,{names:this.concerned.join(`, `)})}</p>`,take:e(`greenup.switch_off`),isDangerous:!0,isBusy:this.isBusy,finish:()=>{this.isAsked=!1,this.send(!1)},close:()=>{this.isAsked=!1},localize:e})}ask(e){this.error=void 0,e||this.concerned.length===0?this.send(e):this.isAsked=!0}async send(e){let{entity:t}=this;if(t){this.isBusy=!0;try{let n=e?`turn_on`:`turn_off`;await this.hass.callService(`switch`,n,{},{entity_id:t},!1)}catch(e){this.error=e}finally{this.isBusy=!1}}}static{this.styles=[D,g`
      p {
        margin: 0 0 var(--ews-space-3);
      }
      .error {
        margin: 0;
        color: var(--ews-bad);
        font-size: 13px;
      }
    `]}};R([F({attribute:!1})],Kd.prototype,`hass`,void 0),R([F({attribute:!1})],Kd.prototype,`charging`,void 0),R([F({attribute:!1})],Kd.prototype,`localize`,void 0),R([I()],Kd.prototype,`isBusy`,void 0),R([I()],Kd.prototype,`isAsked`,void 0),R([I()],Kd.prototype,`error`,void 0);var qd=class extends b{constructor(...e){super(...e),this.selection={period:`day`,day:null},this.today=``}render(){let{localize:e,selection:t,today:n}=this,{period:r}=t,i=t.day??n,a=Ln(r,i,n),o={day:e(`consumption.today`),month:e(`consumption.this_month`),year:e(`consumption.this_year`),"10_years":e(`consumption.now`)};return _`
      <legrand-ews-segmented
        .options=${Pn.map(t=>({value:t,label:e(`consumption.${t}`)}))}
        .value=${r}
        .label=${e(`consumption.period`)}
        @change=${e=>this.emit(Hn(t,e.detail,n))}
      ></legrand-ews-segmented>
      <div class="pages">
        ${this.arrow(-1,p,e(`consumption.earlier`))}
        <div class="date">
          <button
            class="name"
            aria-label="${e(`consumption.pick_date`)}: ${oa(r,i,this.locale)}"
            @click=${this.openPicker}
          >
            ${w(`M7 11H9V13H7V11M21 5V19C21 20.11 20.11 21 19 21H5C3.89 21 3 20.1 3 19V5C3 3.9 3.9 3 5 3H6V1H8V3H16V1H18V3H19C20.11 3 21 3.9 21 5M5 7H19V5H5V7M19 19V9H5V19H19M15 13V11H17V13H15M11 13V11H13V13H11M7 15H9V17H7V15M15 17V15H17V17H15M11 17V15H13V17H11Z`)}
            <span class="long">${oa(r,i,this.locale)}</span>
            <span class="short">${oa(r,i,this.locale,`short`)}</span>
          </button>
          <input
            type="date"
            tabindex="-1"
            aria-hidden="true"
            .value=${i}
            min=${this.first??y}
            max=${n}
            @change=${this.pick}
          />
        </div>
        ${this.arrow(1,m,e(`consumption.later`))}
        <button
          class="tonal"
          ?disabled=${a}
          @click=${()=>this.emit({period:r,day:null})}
        >
          ${o[r]}
        </button>
      </div>
    `}arrow(e,t,n){let r=Vn(this.selection,e,this.today,this.first);return _`<button
      class="icon-button"
      aria-label=${n}
      title=${n}
      ?disabled=${!r}
      @click=${()=>r&&this.emit(r)}
    >
      ${w(t,`turns`)}
    </button>`}openPicker(){this.input.showPicker()}pick(){let e=this.input.value;e&&e<=this.today&&this.emit(Rn(this.selection.period,e,this.today))}emit(e){this.dispatchEvent(new CustomEvent(`select`,{detail:e}))}static{this.styles=[D,g`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        container-type: inline-size;
      }
      .pages {
        display: flex;
        align-items: center;
        gap: 2px;
        min-width: 0;
      }
      .icon-button {
        --ews-icon: 24px;
      }
      .date {
        position: relative;
        min-width: 0;
      }
      .name {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        min-height: 36px;
        padding: 0 var(--ews-space-3);
        border-radius: var(--ha-border-radius-pill, 9999px);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
        --ews-icon: 18px;
      }
      .name svg {
        color: var(--ews-muted);
      }
      .name span::first-letter {
        text-transform: uppercase;
      }
      .name span {
        display: inline-block;
      }
      .name:hover {
        background: var(--ews-track);
      }
      span.short {
        display: none !important;
      }
      input {
        position: absolute;
        inset: auto 0 0;
        height: 100%;
        width: 100%;
        opacity: 0;
        pointer-events: none;
      }
      .tonal {
        margin-inline-start: var(--ews-space-2);
        white-space: nowrap;
      }
      .tonal:disabled {
        visibility: hidden;
      }
      @container (max-width: 620px) {
        legrand-ews-segmented {
          flex: 1 0 100%;
        }
        .pages {
          flex: 1 0 100%;
          justify-content: space-between;
        }
        .date {
          flex: 1;
        }
        .name {
          width: 100%;
          justify-content: center;
          padding: 0 var(--ews-space-1);
        }
        .tonal {
          padding: 0 var(--ews-space-3);
          margin-inline-start: 0;
        }
        .tonal:disabled {
          display: none;
        }
        span.long {
          display: none !important;
        }
        span.short {
          display: inline-block !important;
        }
      }
    `]}};R([F({attribute:!1})],qd.prototype,`selection`,void 0),R([F()],qd.prototype,`today`,void 0),R([F()],qd.prototype,`first`,void 0),R([F({attribute:!1})],qd.prototype,`locale`,void 0),R([F({attribute:!1})],qd.prototype,`localize`,void 0),R([ni(`input`)],qd.prototype,`input`,void 0);var Jd=class extends b{constructor(...e){super(...e),this.options=[],this.value=``,this.label=``,this.placeholder=``}render(){return _`<label>
      ${this.label?_`<span class="label">${this.label}</span>`:y}
      <select
        aria-label=${this.label?y:this.placeholder}
        @change=${this.choose}
      >
        ${this.placeholder?_`<option value="" ?selected=${this.value===``} disabled>
                ${this.placeholder}
              </option>`:y}
        ${this.groups().map(([e,t])=>e?_`<optgroup label=${e}>${t.map(e=>this.option(e))}</optgroup>`:t.map(e=>this.option(e)))}
      </select>
      ${w(`M7,10L12,15L17,10H7Z`)}
    </label>`}updated(){let e=this.renderRoot.querySelector(`select`);e&&e.value!==this.value&&(e.value=this.value)}groups(){let e=new Map;for(let t of this.options){let n=t.group??``;e.set(n,[...e.get(n)??[],t])}return[...e]}option({value:e,label:t}){return _`<option value=${e} ?selected=${e===this.value}>${t}</option>`}choose(e){e.stopPropagation();let t=e.target;this.dispatchEvent(new CustomEvent(`change`,{detail:t.value}))}static{this.styles=[D,g`
      :host {
        display: inline-block;
        min-width: 0;
        max-width: 100%;
      }
      label {
        position: relative;
        display: flex;
        align-items: center;
        min-height: 36px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        background: var(--ews-track);
      }
      label:hover {
        background: var(--ews-track-strong);
      }
      .label {
        flex: none;
        padding-inline-start: var(--ews-space-4);
        color: var(--ews-muted);
        white-space: nowrap;
      }
      select:first-child {
        padding-inline-start: var(--ews-space-4);
      }
      select {
        flex: 1;
        min-width: 0;
        max-width: 260px;
        height: 36px;
        padding-inline: var(--ews-space-2) 36px;
        border: 0;
        border-radius: inherit;
        outline-offset: 1px;
        color: var(--primary-text-color);
        background: none;
        font: inherit;
        font-weight: var(--ews-medium-weight);
        text-overflow: ellipsis;
        cursor: pointer;
        appearance: none;
      }
      select:focus-visible {
        outline: 2px solid var(--primary-color);
      }
      option,
      optgroup {
        color: var(--primary-text-color);
        background: var(--card-background-color);
      }
      svg {
        position: absolute;
        inset-inline-end: 10px;
        color: var(--ews-muted);
        pointer-events: none;
      }
      @media (max-width: 600px) {
        :host {
          display: block;
          width: 100%;
        }
        select {
          max-width: none;
        }
      }
    `]}};R([F({attribute:!1})],Jd.prototype,`options`,void 0),R([F()],Jd.prototype,`value`,void 0),R([F()],Jd.prototype,`label`,void 0),R([F()],Jd.prototype,`placeholder`,void 0);var Yd=[`none`,`from`,`all`],Xd=class extends b{constructor(...e){super(...e),this.currency=``,this.recompute=`none`,this.today=``,this.error=``,this.isSaving=!1,this.isOutdated=!1}render(){let{localize:e,change:t,recompute:n,isSaving:r}=this,i=n.startsWith(`from:`)?`from`:n,a=(t?.problems.length??0)>0;return _`<div class="bar" role="region" aria-label=${e(`bill.unsaved`)}>
      <div class="facts">
        <b>${e(r?`bill.saving`:`bill.unsaved`)}</b>
        <span role="status">${this.difference()}</span>
        ${this.warnings()}
      </div>
      <div class="since">
        <legrand-ews-picker
          .options=${Yd.map(t=>({value:t,label:e(`bill.since_${t}`)}))}
          .value=${i}
          .label=${e(`bill.counts`)}
          @change=${({detail:e})=>{let t=`${this.today.slice(0,7)}-01`;this.emit(`recompute`,e===`from`?`from:${t}`:e)}}
        ></legrand-ews-picker>
        ${i===`from`?_`<input
                type="date"
                aria-label=${e(`bill.since_from`)}
                max=${this.today}
                .value=${n.slice(5)}
                @change=${e=>{let{value:t}=e.target;t&&this.emit(`recompute`,`from:${t}`)}}
              />`:y}
      </div>
      <div class="acts">
        <button class="plain" ?disabled=${r} @click=${()=>this.emit(`discard`)}>
          ${e(this.isOutdated?`bill.take_theirs`:`bill.discard`)}
        </button>
        ${this.isOutdated?_`<button class="primary" @click=${()=>this.emit(`keep`)}>
                ${e(`bill.keep_mine`)}
              </button>`:_`<button
                class="primary"
                ?disabled=${r||a}
                @click=${()=>this.emit(`save`)}
              >
                ${e(`bill.save`)}
              </button>`}
      </div>
    </div>`}difference(){let{change:e,localize:t,locale:n,currency:r}=this;if(!e)return this.error?``:t(`bill.computing`);let i=e.difference?.cost??null;return i===null&&this.recompute!==`none`?``:Number(i??0)===0?t(`bill.no_difference`):t(`bill.difference`,{amount:Sn(i,r,n,{signDisplay:`exceptZero`})})}warnings(){let{change:e,error:t,localize:n}=this;return[...t?[t]:[],...this.isOutdated?[n(`bill.outdated`)]:[],...(e?.problems??[]).filter(({where:e})=>e!==`version`).map(({message:e})=>e),...e&&e.gaps.length>0?[n(`bill.has_gaps`)]:[],...e&&e.unreachable.length>0?[n(`bill.has_unreachable`,{rules:e.unreachable.map(e=>e+1).join(`, `)})]:[]].map(e=>_`<span class="warning">${w(a)}<span>${e}</span></span>`)}emit(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}static{this.styles=[D,g`
      :host {
        position: sticky;
        bottom: 0;
        z-index: 2;
        padding-bottom: env(safe-area-inset-bottom);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        padding: var(--ews-space-3) var(--ews-space-4);
        border: 1px solid var(--primary-color);
        border-radius: var(--ews-radius);
        background: var(--card-background-color);
        box-shadow: 0 4px 20px rgb(0 0 0 / 25%);
      }
      .facts {
        display: grid;
        flex: 1 1 220px;
        gap: 2px;
        min-width: 0;
      }
      b {
        font-weight: var(--ews-medium-weight);
      }
      .facts [role="status"] {
        min-height: 20px;
      }
      .warning {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        --ews-icon: 16px;
      }
      .warning svg {
        color: var(--ews-warn);
      }
      .since {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2);
        min-width: 0;
      }
      input {
        min-height: 36px;
        padding: 0 var(--ews-space-2);
        border: 1px solid var(--divider-color);
        border-radius: var(--ews-radius-small);
        color: inherit;
        background: none;
        font: inherit;
      }
      .acts {
        display: flex;
        flex: 0 1 auto;
        gap: var(--ews-space-2);
        margin-inline-start: auto;
      }
      .acts button {
        min-height: 40px;
        padding: 0 var(--ews-space-4);
        border-radius: var(--ha-border-radius-pill, 9999px);
        font-weight: var(--ews-medium-weight);
      }
      .plain:hover {
        background: var(--ews-track);
      }
      .primary {
        color: var(--text-primary-color, #fff);
        background: var(--primary-color);
      }
      button:disabled {
        opacity: 0.45;
      }
    `]}};R([F({attribute:!1})],Xd.prototype,`change`,void 0),R([F()],Xd.prototype,`currency`,void 0),R([F()],Xd.prototype,`recompute`,void 0),R([F()],Xd.prototype,`today`,void 0),R([F()],Xd.prototype,`error`,void 0),R([F({type:Boolean})],Xd.prototype,`isSaving`,void 0),R([F({type:Boolean})],Xd.prototype,`isOutdated`,void 0),R([F({attribute:!1})],Xd.prototype,`locale`,void 0),R([F({attribute:!1})],Xd.prototype,`localize`,void 0);var Zd=g`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--ews-space-3);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--ews-space-2);
    min-height: 40px;
  }
  h3 {
    margin: 0;
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
  }
  header + .about {
    margin-top: calc(-1 * var(--ews-space-3));
  }
  .about {
    margin: 0;
    color: var(--ews-muted);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--ews-space-2) var(--ews-space-4);
  }
  :is(footer, .about) a {
    color: var(--ews-action);
  }
  .warning {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
    margin: 0;
    padding: var(--ews-space-2) var(--ews-space-3);
    border-radius: var(--ews-radius-small);
    background: color-mix(in srgb, var(--ews-warn) 14%, transparent);
  }
  .warning svg {
    color: var(--ews-warn);
  }
  .tariffs {
    display: flex;
    flex-wrap: wrap;
    gap: var(--ews-space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .tariffs li {
    max-width: 100%;
  }
  .tariffs :is(button, .tariff) {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--ews-space-2);
    max-width: 100%;
    min-height: 40px;
    padding: 4px var(--ews-space-3);
    border: 1px solid var(--divider-color);
    border-radius: var(--ews-radius-small);
    text-align: start;
  }
  .tariffs button:hover {
    background: var(--ews-track);
  }
  .tariffs i {
    flex: none;
    width: 14px;
    height: 14px;
    border-radius: 5px;
  }
  .name {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  b {
    font-weight: var(--ews-medium-weight);
  }
  small {
    color: var(--ews-muted);
  }
  .stale {
    opacity: 0.55;
  }
  button:disabled {
    opacity: 0.45;
  }
`,Qd=class extends b{constructor(...e){super(...e),this.today=``,this.unit=``,this.settings=``}render(){let{localize:e,settings:t}=this,n=Mc(this.tariffs);if(n.length===0&&!t)return y;let r=n.length>0?`bill.beside_text`:`bill.beside_none`;return _`<h3>${e(`bill.beside`)}</h3>
      ${n.length>0?this.list(n):y}
      ${t?_`<p class="about">
              ${e(r)} <a href=${t}>${e(`bill.beside_link`)}</a>
            </p>`:y}`}list(e){let{today:t,unit:n,locale:r,localize:i}=this,{currency:a}=this.tariffs;return _`<ul class="tariffs">
      ${e.map(e=>_`<li>
          <span class="tariff">
            <span class="name">${e.name}</span>
            <b>${Nc(e,t,a,n,r,i)}</b>
          </span>
        </li>`)}
    </ul>`}static{this.styles=[D,Zd,g`
      :host {
        gap: var(--ews-space-2);
      }
    `]}};R([F({attribute:!1})],Qd.prototype,`tariffs`,void 0),R([F()],Qd.prototype,`today`,void 0),R([F()],Qd.prototype,`unit`,void 0),R([F()],Qd.prototype,`settings`,void 0),R([F({attribute:!1})],Qd.prototype,`locale`,void 0),R([F({attribute:!1})],Qd.prototype,`localize`,void 0);var $d=Date.UTC(2024,0,1,12),ef=864e5;function tf(e,t,n=`short`){let r=new Date($d+V.indexOf(e)*ef);return L(t,`UTC`,{weekday:n}).format(r)}function nf(e){return V[(N(e).getUTCDay()+6)%7]??`mon`}var rf=e=>V[e%V.length]??`mon`,af=3;function of(e,t,n){let r=e.length;if(r===0)return`–`;if(r===V.length)return n(`bill.every_day`);let i=e=>tf(e,t),a=V.findIndex((t,n)=>e.every((t,r)=>e.includes(rf(n+r))));return r>=af&&a>=0?`${i(rf(a))} – ${i(rf(a+r-1))}`:V.filter(t=>e.includes(t)).map(i).join(`, `)}function sf(e,t){return na(t)?e===ji(1440)?sf(`00:00`,t):L(t,`UTC`,{hour:`numeric`,minute:`2-digit`}).format(new Date(`2024-01-01T${e}:00Z`)):e}function cf({from:e,to:t},n,r){if(e===`00:00`&&t===`23:59`)return r(`bill.all_day`);let i={from:sf(e,n),to:sf(t,n)};return r(t<e?`bill.overnight`:`bill.frame_text`,i)}function lf({start_date:e,end_date:t,repeat_yearly:n},r,i){let a=L(r,`UTC`,{day:`numeric`,month:`short`,...n?{}:{year:`numeric`}}),o=e=>a.format(N(e)),s=e&&t?e===t?o(e):`${o(e)} – ${o(t)}`:e?i(`bill.since`,{day:o(e)}):t?i(`bill.until`,{day:o(t)}):i(`bill.always`);return n&&(e||t)?i(`bill.yearly`,{dates:s}):s}var uf=4;function df(e,t,n){let r=new Map;for(let{from:i,to:a,weekday:o}of e){let e=n(`bill.frame_text`,{from:sf(i,t),to:sf(a,t)});r.set(e,[...r.get(e)??[],o])}let i=[...r].map(([e,r])=>`${of(r,t,n)} ${e}`),a=i.length-uf;return[...i.slice(0,uf),...a>0?[n(`bill.more`,{count:a})]:[]].join(`; `)}var ff=(...e)=>({name:``,schema:e});function pf(e,t){let n=e.tariffs.map(({name:e})=>({value:e,label:e})),r=V.map(e=>({value:e,label:tf(e,t,`long`)})),i={time:{no_second:!0}};return[{name:`tariff`,required:!0,selector:{select:{options:n,mode:`dropdown`}}},ff({name:`from`,selector:i},{name:`to`,selector:i}),{name:`weekdays`,selector:{select:{options:r,mode:`list`,multiple:!0}}},ff({name:`start_date`,selector:{date:{}}},{name:`end_date`,selector:{date:{}}}),{name:`repeat_yearly`,selector:{boolean:{}}}]}function mf(e){return[{name:`name`,required:!0,selector:{text:{}}},{name:`color`,selector:{color_rgb:{}}},...Array.from({length:e},(e,t)=>ff({name:`price#${t}`,selector:{text:{}}},{name:`from#${t}`,selector:{date:{}}})),{name:`price_source`,selector:{entity:{filter:{domain:[`sensor`,`input_number`,`number`]}}}}]}function hf(e){return{...e}}var gf=e=>typeof e==`string`?e.trim():``,_f=(e,t)=>gf(e).slice(0,5)||t;function vf(e){let t=e.weekdays,n=Array.isArray(t)?t:[];return{tariff:gf(e.tariff),start_date:gf(e.start_date)||null,end_date:gf(e.end_date)||null,repeat_yearly:e.repeat_yearly===!0,from:_f(e.from,`00:00`),to:_f(e.to,`23:59`),weekdays:V.filter(e=>n.includes(e))}}function yf(e){return[1,3,5].map(t=>Number.parseInt(e.slice(t,t+2),16))}function bf(e,t){return Array.isArray(e)?`#${e.map(e=>Number(e).toString(16).padStart(2,`0`)).join(``)}`:t}function xf(e,t=`.`){let{name:n,color:r,prices:i,price_source:a}=e,o=i.flatMap(({price:e,from:n},r)=>[[`price#${r}`,e.replace(`.`,t)],...n===null?[]:[[`from#${r}`,n]]]);return{name:n,color:yf(r),...Object.fromEntries(o),...a?{price_source:a}:{}}}var Sf=e=>gf(e).replace(`,`,`.`);function Cf(e,t,n){let r=Array.from({length:t},(t,n)=>({from:gf(e[`from#${n}`])||null,price:Sf(e[`price#${n}`])})),i=gf(e.price_source),{price_source:a,...o}=n??{};return{...o,name:gf(e.name),color:bf(e.color,n?.color??`#d62728`),prices:r.filter(({price:e},t)=>e!==``||!i&&!t),...i?{price_source:i}:{}}}var wf=/^(rules|tariffs)\[(\d+)\](?:\.(\w+))?(?:\[(\d+)\])?(?:\.(\w+))?$/;function Tf(e,t,n){let[,r,i,a,o,s]=wf.exec(e)??[];if(r===`${t}s`&&Number(i)===n)return a===void 0?`base`:a===`prices`?o===void 0?`price#0`:`${s===`from`?`from`:`price`}#${o}`:a}function Ef(e,t,n){let r={};for(let{where:i,message:a}of e){let e=Tf(i,t,n);e!==void 0&&(r[e]??=a)}return r}var Y=class extends b{constructor(...e){super(...e),this.priceUnit=``,this.data={},this.prices=1,this.errors={},this.isBusy=!1}willUpdate(e){if(!e.has(`asked`))return;let{asked:t,plan:n}=this;if(this.errors={},t.kind===`rule`){let e=t.index===null?void 0:n.rules[t.index];this.data=hf(e??Sc(n.tariffs[0]?.name??``));return}let r=(t.index===null?void 0:n.tariffs[t.index])??Cc(n),i=n.tariffs.length===0;this.prices=Math.max(1,r.prices.length),this.data=xf(i?{...r,name:this.localize(`bill.standard`)}:r,yn(this.hass.locale))}render(){let{asked:e,localize:t}=this,n=`bill.${e.index===null?`add`:`change`}_${e.kind}`,r=e.kind===`rule`?pf(this.plan,this.hass.locale):mf(this.prices);return ud({title:t(n),body:_`<div class="fields">
          ${r.map(e=>e.schema?_`<div class="side">${e.schema.map(e=>this.field(e))}</div>`:this.field(e))}
        </div>
        ${this.more()}
        ${this.errors.base?_`<p class="error" role="alert">${this.errors.base}</p>`:y}`,take:t(`bill.take`),isBusy:this.isBusy,finish:()=>void this.finish(),close:()=>this.emit(`close`),localize:t})}field(e){return _`<ha-form
      ?autofocus=${e.name===`tariff`||e.name===`name`}
      .hass=${this.hass}
      .data=${this.data}
      .schema=${[e]}
      .error=${this.errors}
      .computeLabel=${({name:e})=>this.label(e)}
      .computeHelper=${({name:e})=>this.help(e)}
      @value-changed=${e=>{e.stopPropagation(),this.data=e.detail.value}}
    ></ha-form>`}keyOf(e){let[t=``,n]=e.split(`#`);return n!==void 0&&t===`from`?`valid_from`:t}label(e){let t=this.keyOf(e),n=Mr(this.localize,`bill.form.${t}`,t);return t===`price`?`${n} (${this.priceUnit})`:n}help(e){return Mr(this.localize,`bill.help.${this.keyOf(e)}`,``)}more(){let{asked:e,localize:t}=this;if(e.kind!==`tariff`)return y;let{index:n}=e;return _`<div class="more">
      <ha-button
        size="s"
        appearance="plain"
        @click=${()=>{this.prices+=1}}
      >
        ${t(`bill.add_price`)}
      </ha-button>
      ${n===null?y:_`<ha-button
              size="s"
              appearance="plain"
              variant="danger"
              @click=${()=>this.emit(`remove-tariff`,n)}
            >
              ${t(`bill.remove_tariff`)}
            </ha-button>`}
    </div>`}async finish(){let{asked:e,plan:t,data:n,localize:r}=this,{index:i,kind:a}=e,o=i??(a===`rule`?0:t.tariffs.length),s;if(a===`rule`)s=Tc(t,i,vf(n));else{let e=i===null?void 0:t.tariffs[i],a=Cf(n,this.prices,e);if(a.name===``){this.errors={name:r(`bill.name_missing`)};return}s=Dc(t,i,a)}this.isBusy=!0;try{let e=await this.check(s);this.errors=Ef(e,a,o),Object.keys(this.errors).length===0&&this.emit(`done`,s)}catch(e){this.errors={base:C(e,this.hass,r)}}finally{this.isBusy=!1}}emit(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}static{this.styles=[D,g`
      .fields {
        display: grid;
        gap: var(--ews-space-4);
      }
      .side {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
        gap: var(--ews-space-4) var(--ews-space-2);
        align-items: start;
      }
      .more {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        margin-top: var(--ews-space-2);
      }
      .error {
        color: var(--ews-bad);
      }
    `]}};R([F({attribute:!1})],Y.prototype,`hass`,void 0),R([F({attribute:!1})],Y.prototype,`asked`,void 0),R([F({attribute:!1})],Y.prototype,`plan`,void 0),R([F()],Y.prototype,`priceUnit`,void 0),R([F({attribute:!1})],Y.prototype,`check`,void 0),R([F({attribute:!1})],Y.prototype,`localize`,void 0),R([I()],Y.prototype,`data`,void 0),R([I()],Y.prototype,`prices`,void 0),R([I()],Y.prototype,`errors`,void 0),R([I()],Y.prototype,`isBusy`,void 0);function Df(e,t,n,r){let i=e.problems.filter(({where:e})=>!e.startsWith(`rules[`)),a=df(e.gaps,n,r),[o]=e.disagreements??[],s=e.mode===`ews`&&o,c=L(n,t,{weekday:`long`,day:`numeric`,month:`long`,hour:`numeric`,minute:`2-digit`});return[...i.map(({message:e})=>e),...a?[r(`bill.gaps`,{times:a})]:[],...s?[r(`bill.differs`,{moment:c.format(new Date(o.start))})]:[]]}var Of=300,kf=1e3,Af=30,jf=[`continuous`,`ews`],Mf=`/config/integrations/integration/legrand_ews`,X=class extends b{constructor(...e){super(...e),this.zone=``,this.recompute=`none`,this.isSaving=!1,this.said=``,this.newest=0}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.settle)}willUpdate(e){e.has(`store`)&&this.discard()}get canEdit(){return this.hass.user?.is_admin===!0}get plan(){return this.draft??this.tariffs}get today(){return M(new Date,this.zone)}render(){let{tariffs:e,plan:t}=this;return!e||!t?_`<span class="bone" style="width:100%;height:260px"></span>`:_`${t.tariffs.length===0&&t.rules.length===0?this.empty():this.whole(e,t)}
      ${this.draft?this.bar(e):y}
      <span class="hidden" role="status">${this.said}</span>
      ${this.dialog(e,t)}`}empty(){let{localize:e}=this;return T({path:`M5,6H23V18H5V6M14,9A3,3 0 0,1 17,12A3,3 0 0,1 14,15A3,3 0 0,1 11,12A3,3 0 0,1 14,9M9,8A2,2 0 0,1 7,10V14A2,2 0 0,1 9,16H19A2,2 0 0,1 21,14V10A2,2 0 0,1 19,8H9M1,10H3V20H19V22H1V10Z`,title:e(`bill.empty`),text:e(this.canEdit?`bill.empty_text`:`bill.empty_reader`),...this.canEdit?{action:_`<button
              class="tonal"
              @click=${()=>this.ask({kind:`tariff`,index:null})}
            >
              ${w(ye)} ${e(`bill.empty_action`)}
            </button>`}:{}})}whole(e,t){let{hass:n,localize:r,draft:i,preview:a}=this,o=i?a:e,s=j(new Date,this.zone);return _`<header>
        <h3>${r(`bill.rules`)}</h3>
        ${this.canEdit?_`<button
                class="tonal"
                ?disabled=${t.tariffs.length===0||this.isSaving}
                @click=${()=>this.ask({kind:`rule`,index:null})}
              >
                ${w(ye)} ${r(`bill.add_rule`)}
              </button>`:y}
      </header>
      <p class="about">${r(t.mode===`ews`?`bill.about_ews`:`bill.about`)}</p>
      ${this.warnings(o)}
      <legrand-ews-rule-table
        .plan=${yc(t)}
        .active=${o?.active?.rule??null}
        .activePrice=${o?.active?.price??``}
        .unreachable=${o?.unreachable??[]}
        .hiddenBy=${o?.hidden_by??{}}
        .problems=${o?.problems??[]}
        .canEdit=${this.canEdit}
        ?inert=${this.isSaving}
        .currency=${e.currency}
        .unit=${Nf(e)}
        .today=${this.today}
        .locale=${n.locale}
        .localize=${r}
        @move=${({detail:e})=>{this.revise(wc(t,e.from,e.to)),this.said=r(`bill.moved`,{number:e.to+1,count:t.rules.length})}}
        @edit=${({detail:e})=>this.ask({kind:`rule`,index:e})}
        @remove=${({detail:e})=>{this.revise(Ec(t,e))}}
      ></legrand-ews-rule-table>
      <legrand-ews-plan-tariffs
        .tariffs=${t.tariffs}
        .canEdit=${this.canEdit}
        .isBusy=${this.isSaving}
        .currency=${e.currency}
        .unit=${Nf(e)}
        .today=${this.today}
        .locale=${n.locale}
        .localize=${r}
        @edit=${({detail:e})=>this.ask({kind:`tariff`,index:e})}
      ></legrand-ews-plan-tariffs>
      <legrand-ews-plan-beside
        .tariffs=${e}
        .today=${this.today}
        .unit=${Nf(e)}
        .settings=${this.canEdit?this.settings:``}
        .locale=${n.locale}
        .localize=${r}
      ></legrand-ews-plan-beside>
      <h3>${r(`bill.preview`)}</h3>
      <legrand-ews-plan-preview
        class=${o?``:`stale`}
        .strips=${wi((o??e).calendar)}
        .tariffs=${(o??e).tariffs}
        .today=${this.today}
        .minute=${s.hour*60+s.minute}
        .currency=${e.currency}
        .unit=${Nf(e)}
        .locale=${n.locale}
        .localize=${r}
      ></legrand-ews-plan-preview>
      ${this.canEdit?_`<footer>
              ${t.rules.length>1?this.reading(t):y}
              <a href=${this.settings}>${r(`bill.settings`)}</a>
            </footer>`:y}`}reading(e){let{localize:t}=this;return _`<legrand-ews-picker
      .options=${jf.map(e=>({value:e,label:t(`bill.modes.${e}`)}))}
      .value=${e.mode}
      .label=${t(`bill.mode`)}
      ?inert=${this.isSaving}
      @change=${({detail:t})=>this.revise({...yc(e),mode:t})}
    ></legrand-ews-picker>`}get settings(){let{entry:e}=this.store;return e===void 0?Mf:`${Mf}#config_entry=${e}`}warnings(e){return e?Df(e,this.zone,this.hass.locale,this.localize).map(e=>_`<p class="warning">${w(a)}<span>${e}</span></p>`):y}isOutdated({version:e}){return this.isSaving?!1:this.change?.problems.some(({where:e})=>e===`version`)===!0||e!==this.version}bar(e){return _`<legrand-ews-plan-bar
      .change=${this.change}
      .currency=${e.currency}
      .recompute=${this.recompute}
      .today=${this.today}
      .error=${this.error===void 0?``:C(this.error,this.hass,this.localize)}
      .isSaving=${this.isSaving}
      .isOutdated=${this.isOutdated(e)}
      .locale=${this.hass.locale}
      .localize=${this.localize}
      @keep=${()=>{this.version=e.version,this.draft&&this.revise(this.draft)}}
      @recompute=${({detail:e})=>{this.recompute=e,this.draft&&this.revise(this.draft)}}
      @discard=${()=>this.discard()}
      @save=${()=>void this.save()}
    ></legrand-ews-plan-bar>`}dialog(e,t){return this.asked?_`<legrand-ews-plan-dialog
      .hass=${this.hass}
      .asked=${this.asked}
      .plan=${yc(t)}
      .priceUnit=${e.price_unit}
      .check=${e=>this.check(e)}
      .localize=${this.localize}
      @done=${({detail:e})=>{this.asked=void 0,this.revise(e)}}
      @remove-tariff=${({detail:e})=>{this.asked=void 0,this.revise(Oc(t,e))}}
      @close=${()=>{this.asked=void 0}}
    ></legrand-ews-plan-dialog>`:y}ask(e){this.asked=e}revise(e){this.tariffs&&bc(e,this.tariffs)?this.discard():(this.draft||(this.version=this.tariffs?.version),this.draft=yc(e),this.newest+=1,this.preview=void 0,this.change=void 0,this.error=void 0,clearTimeout(this.settle),this.settle=setTimeout(()=>void this.look(e),Of))}discard(){clearTimeout(this.settle),this.newest+=1,this.draft=void 0,this.version=void 0,this.preview=void 0,this.change=void 0,this.error=void 0,this.recompute=`none`}ofDraft(e,t){let{entry:n,fluid:r}=this.store;return yi(this.hass,n,r,t,e)}async check(e){return(await this.ofDraft(e)).problems}async look(e){this.newest+=1;let t=this.newest,{entry:n,fluid:r}=this.store;try{let i=await this.ofDraft(e,ki(this.today));t===this.newest&&(this.preview=i);let a=await bi(this.hass,n,r,e,this.recompute,!0,this.version);t===this.newest&&(this.change=a)}catch(e){t===this.newest&&(this.error=e)}}async save(){let{draft:e,store:t}=this;if(!e)return;let{entry:n,fluid:r}=t;this.isSaving=!0,this.error=void 0;try{let i=await bi(this.hass,n,r,e,this.recompute,!1,this.version);if(this.change=i,!i.applied){await t.refresh();return}await this.untilSaved(e),this.discard(),this.said=this.localize(`bill.saved`),this.dispatchEvent(new CustomEvent(`saved`))}catch(e){this.error=e}finally{this.isSaving=!1}}async untilSaved(e){for(let t=0;t<Af;t+=1){await this.store.refresh();let{value:t,error:n}=this.store.state;if(n===void 0&&t&&xc(t,e))return;await new Promise(e=>setTimeout(e,kf))}}static{this.styles=[D,O,Zd]}};R([F({attribute:!1})],X.prototype,`hass`,void 0),R([F({attribute:!1})],X.prototype,`store`,void 0),R([F({attribute:!1})],X.prototype,`tariffs`,void 0),R([F()],X.prototype,`zone`,void 0),R([F({attribute:!1})],X.prototype,`localize`,void 0),R([I()],X.prototype,`draft`,void 0),R([I()],X.prototype,`version`,void 0),R([I()],X.prototype,`preview`,void 0),R([I()],X.prototype,`change`,void 0),R([I()],X.prototype,`recompute`,void 0),R([I()],X.prototype,`asked`,void 0),R([I()],X.prototype,`error`,void 0),R([I()],X.prototype,`isSaving`,void 0),R([I()],X.prototype,`said`,void 0);function Nf({price_unit:e}){return e.split(`/`)[1]??e}var Pf=g`
  :host {
    --ews-gap: color-mix(in srgb, var(--primary-text-color) 28%, transparent);
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr));
    gap: var(--ews-space-4) var(--ews-space-6);
  }
  section {
    min-width: 0;
  }
  header {
    display: flex;
    align-items: center;
    gap: 2px;
    min-height: 40px;
  }
  h4 {
    flex: 1;
    margin: 0;
    font-size: var(--ews-normal);
    font-weight: var(--ews-medium-weight);
  }
  .name {
    white-space: nowrap;
  }
  ul {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .week li {
    display: grid;
    grid-template-columns: 44px minmax(0, 1fr);
    align-items: center;
  }
  .weekday {
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .today .weekday {
    color: var(--primary-text-color);
    font-weight: var(--ews-medium-weight);
  }
  .ticks {
    position: relative;
    height: 18px;
    margin-inline-start: 44px;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .ticks span {
    position: absolute;
    translate: -50%;
  }
  .ticks span:first-child {
    translate: 0;
  }
  .ticks span:last-child {
    translate: -100%;
  }
  .strip {
    position: relative;
    height: 24px;
    border-radius: 6px;
    background: var(--ews-track);
  }
  .strip button {
    position: absolute;
    inset-block: 0;
    border-inline-end: 1px solid var(--card-background-color);
  }
  .strip button:first-of-type {
    border-start-start-radius: 6px;
    border-end-start-radius: 6px;
  }
  .strip button:last-of-type {
    border-inline-end: 0;
    border-start-end-radius: 6px;
    border-end-end-radius: 6px;
  }
  .strip button:is(:hover, :focus-visible) {
    z-index: 1;
    box-shadow: 0 0 0 2px var(--primary-text-color);
    outline: none;
  }
  .mark {
    position: absolute;
    inset-block: -3px;
    width: 2px;
    border-radius: 1px;
    background: var(--primary-text-color);
    box-shadow: 0 0 0 1px var(--card-background-color);
    pointer-events: none;
  }
  .told {
    min-height: 20px;
    margin: var(--ews-space-2) 0 0;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .carpet {
    display: grid;
    grid-template-columns: 44px minmax(0, 1fr);
    align-items: center;
    gap: 3px 0;
    padding-top: 2px;
  }
  .month {
    color: var(--ews-muted);
    font-size: var(--ews-small);
    line-height: 1;
  }
  .days {
    display: grid;
    grid-template-columns: repeat(31, minmax(0, 1fr));
    gap: 1px;
  }
  .days i {
    height: 14px;
    border-radius: 2px;
    cursor: pointer;
  }
  .days i:hover {
    box-shadow: 0 0 0 2px var(--primary-text-color);
  }
  .days i.today {
    box-shadow: 0 0 0 1.5px var(--primary-text-color);
  }
  .legend {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: var(--ews-space-1) var(--ews-space-4);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
  }
  .legend i {
    width: 12px;
    height: 12px;
    border-radius: 4px;
  }
`,Ff=`repeating-linear-gradient(135deg, var(--ews-gap) 0 4px, transparent 4px 8px)`,If=[0,6,12,18,24],Z=class extends b{constructor(...e){super(...e),this.strips=new Map,this.tariffs=[],this.today=``,this.minute=0,this.currency=``,this.unit=``,this.told=``,this.toldDay=``}render(){let{localize:e}=this,t=this.monday??Ei(this.today),n=Di(t),r=Number(this.today.slice(0,4)),i=e=>this.strips.has(e),a=(e,n,r)=>{let a=P(`day`,t,7*e);return _`<button
        class="icon-button"
        aria-label=${r}
        title=${r}
        ?disabled=${!Di(a).some(i)}
        @click=${()=>{this.monday=a,this.told=``}}
      >
        ${w(n,`turns`)}
      </button>`};return _`<section class="week">
        <header>
          <h4>${e(`bill.week`)}</h4>
          ${a(-1,p,e(`bill.week_before`))}
          <span class="name">${this.weekName(n)}</span>
          ${a(1,m,e(`bill.week_after`))}
        </header>
        <div class="ticks" aria-hidden="true">
          ${If.map(e=>_`<span style="inset-inline-start:${e/24*100}%">${e}</span>`)}
        </div>
        <ul>
          ${n.map(e=>this.day(e))}
        </ul>
        <p class="told" role="status">${this.told||e(`bill.week_hint`)}</p>
      </section>
      <section class="year">
        <header><h4>${e(`bill.year`,{year:r})}</h4></header>
        ${this.year(r)}
        <p class="told">${this.toldDay||e(`bill.year_hint`)}</p>
        ${this.hours(r)}
      </section>
      ${this.legend()}`}weekName(e){let[t=``,n=``]=[e[0],e.at(-1)];return L(this.locale,`UTC`,{day:`numeric`,month:`short`,year:`numeric`}).formatRange(N(t),N(n))}tariffOf(e){return this.tariffs.find(({id:t})=>t===e.tariff)}colorOf(e){return this.tariffOf(e)?.color??Ff}textOf(e){let{locale:t,localize:n}=this,r=`${sf(ji(e.from),t)} – ${sf(ji(e.to),t)}`,i=this.tariffOf(e);if(!i)return`${r} · ${n(`bill.no_tariff`)}`;let a=wn(e.price,this.currency,t);return`${r} · ${i.name} · ${a}/${this.unit}`}day(e){let{locale:t}=this,n=e===this.today,r=oa(`day`,e,t);return _`<li class=${n?`today`:``}>
      <span class="weekday" title=${r}>${tf(nf(e),t)}</span>
      <div class="strip">
        ${(this.strips.get(e)??[]).map(e=>{let t=`${r}, ${this.textOf(e)}`,n=()=>{this.told=t};return _`<button
            style="inset-inline-start:${100*e.from/xi}%;
              inline-size:${100*(e.to-e.from)/xi}%;
              background:${this.colorOf(e)}"
            aria-label=${t}
            @pointerenter=${n}
            @focus=${n}
            @click=${n}
          ></button>`})}
        ${n?_`<i class="mark" style="inset-inline-start:${100*this.minute/xi}%"></i>`:y}
      </div>
    </li>`}year(e){let{locale:t}=this,n=L(t,`UTC`,{month:`short`});return _`<div class="carpet" aria-hidden="true" @pointerleave=${()=>{this.toldDay=``}}>
      ${Oi(e).map(e=>_`<span class="month">${n.format(N(e[0]??``))}</span>
          <div class="days">
            ${e.map(e=>_`<i
                class=${e===this.today?`today`:``}
                style="background:${this.gradient(e)}"
                @pointerenter=${()=>{this.toldDay=this.dayText(e)}}
                @click=${()=>{this.monday=Ei(e),this.toldDay=this.dayText(e)}}
              ></i>`)}
          </div>`)}
    </div>`}gradient(e){let t=(this.strips.get(e)??[]).map(e=>{let t=this.tariffOf(e)?.color??`var(--ews-gap)`,n=e=>`${(100*e/xi).toFixed(1)}%`;return`${t} ${n(e.from)} ${n(e.to)}`});return t.length>0?`linear-gradient(to bottom, ${t.join(`, `)})`:`none`}dayText(e){let t=this.strips.get(e)??[],n=new Set(t.map(e=>this.tariffOf(e)?.name??this.localize(`bill.no_tariff`)));return`${oa(`day`,e,this.locale)} · ${[...n].join(`, `)}`}hours(e){let{locale:t,localize:n}=this,r=L(t,`UTC`,{month:`long`}),i=Oi(e),a=[...this.tariffs.map(({id:e,name:t})=>({id:e??null,name:t})),{id:null,name:n(`bill.no_tariff`)}];return _`<div class="hidden"><table>
      <caption>${n(`bill.hours`,{year:e})}</caption>
      <thead>
        <tr>
          <th scope="col">${n(`bill.month`)}</th>
          ${a.map(({name:e})=>_`<th scope="col">${e}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${i.map(e=>{let n=Ai(this.strips,e);return _`<tr>
            <th scope="row">${r.format(N(e[0]??``))}</th>
            ${a.map(({id:e})=>_`<td>${k(n.get(e)??0,t,{maximumFractionDigits:1})}</td>`)}
          </tr>`})}
      </tbody>
    </table></div>`}legend(){let e=[...this.strips.values()].some(e=>e.some(({tariff:e})=>e===null));return _`<ul class="legend">
      ${this.tariffs.map(({name:e,color:t})=>_`<li><i style="background:${t}"></i>${e}</li>`)}
      ${e?_`<li><i style="background:${Ff}"></i>${this.localize(`bill.no_tariff`)}</li>`:y}
    </ul>`}static{this.styles=[D,Pf]}};R([F({attribute:!1})],Z.prototype,`strips`,void 0),R([F({attribute:!1})],Z.prototype,`tariffs`,void 0),R([F()],Z.prototype,`today`,void 0),R([F({type:Number})],Z.prototype,`minute`,void 0),R([F()],Z.prototype,`currency`,void 0),R([F()],Z.prototype,`unit`,void 0),R([F({attribute:!1})],Z.prototype,`locale`,void 0),R([F({attribute:!1})],Z.prototype,`localize`,void 0),R([I()],Z.prototype,`monday`,void 0),R([I()],Z.prototype,`told`,void 0),R([I()],Z.prototype,`toldDay`,void 0);var Lf=class extends b{constructor(...e){super(...e),this.tariffs=[],this.canEdit=!1,this.isBusy=!1,this.currency=``,this.unit=``,this.today=``}render(){let{localize:e,tariffs:t}=this;return _`<header>
        <h3>${e(`bill.tariffs`)}</h3>
        ${this.canEdit?_`<button
                class="tonal"
                ?disabled=${this.isBusy}
                @click=${()=>this.edit(null)}
              >
                ${w(ye)} ${e(`bill.add_tariff`)}
              </button>`:y}
      </header>
      <ul class="tariffs">
        ${t.map((e,t)=>_`<li>${this.tariff(e,t)}</li>`)}
      </ul>`}tariff(e,t){let{localize:n}=this,{name:r,color:i,prices:a,price_source:o}=e,s=_`<i style="background:${i}"></i>
      <span class="name">${r}</span>
      <b>${o?n(`bill.dynamic`):this.price(e)}</b>
      ${a.length>1?_`<small>${n(`bill.dated`,{count:a.length})}</small>`:y}`;if(!this.canEdit)return _`<span class="tariff">${s}</span>`;let c=n(`bill.edit_tariff`,{name:r});return _`<button
      aria-label=${c}
      title=${c}
      ?disabled=${this.isBusy}
      @click=${()=>this.edit(t)}
    >
      ${s}
    </button>`}price(e){let t=jc(e,this.today);return t===null||t===``?`–`:`${wn(t,this.currency,this.locale)}/${this.unit}`}edit(e){this.dispatchEvent(new CustomEvent(`edit`,{detail:e}))}static{this.styles=[D,Zd]}};R([F({attribute:!1})],Lf.prototype,`tariffs`,void 0),R([F({type:Boolean})],Lf.prototype,`canEdit`,void 0),R([F({type:Boolean})],Lf.prototype,`isBusy`,void 0),R([F()],Lf.prototype,`currency`,void 0),R([F()],Lf.prototype,`unit`,void 0),R([F()],Lf.prototype,`today`,void 0),R([F({attribute:!1})],Lf.prototype,`locale`,void 0),R([F({attribute:!1})],Lf.prototype,`localize`,void 0);var Rf=15.9155,zf=.6,Bf=5.4,Vf=43;function Hf(e){return Math.min(Bf,Vf/Math.max(1,e.length))}var Uf=class extends b{constructor(...e){super(...e),this.shares=[],this.amount=String,this.whole=``,this.wholeUnit=``,this.label=``,this.isPlain=!1,this.pointed=null}render(){let e=e=>k(e,this.locale,{style:`percent`,maximumFractionDigits:0}),t=e=>this.pointed!==null&&this.pointed!==e.key,n=e=>()=>{this.pointed=e},r=this.shares.length>1?zf:0;return _`<figure class=${this.isPlain?`plain`:``}>
      <svg viewBox="0 0 42 42" role="img" aria-label=${this.label}>
        <circle class="track" cx="21" cy="21" r=${Rf}></circle>
        ${this.shares.map(e=>xt`<circle
            class="part"
            cx="21" cy="21" r=${Rf}
            style="stroke:${e.color};opacity:${t(e)?.25:1}"
            stroke-dasharray="${Math.max(.2,100*e.share-r)} 200"
            stroke-dashoffset=${-100*e.start}
            transform="rotate(-90 21 21)"
            @pointerenter=${n(e.key)}
            @pointerleave=${n(null)}
          ></circle>`)}
        <text x="21" y="21.4" class="whole" style="font-size:${Hf(this.whole)}px">
          ${this.whole}
        </text>
        <text x="21" y="25.6" class="unit">${this.wholeUnit}</text>
      </svg>
      <ul ?hidden=${this.isPlain}>
        ${this.shares.map(r=>_`<li
            style="opacity:${t(r)?.5:1}"
            @pointerenter=${n(r.key)}
            @pointerleave=${n(null)}
          >
            <i style="background:${r.color}"></i>
            <span class="name">${r.name}</span>
            <span class="figures">
              <span class="share">${e(r.share)}</span>
              <span class="amount">${this.amount(r.total)}</span>
            </span>
          </li>`)}
      </ul>
    </figure>`}static{this.styles=[D,g`
      [hidden] {
        display: none;
      }
      figure {
        display: grid;
        grid-template-columns: 168px minmax(0, 1fr);
        gap: var(--ews-space-4);
        align-items: center;
        margin: 0;
      }
      .plain {
        grid-template-columns: minmax(0, 1fr);
        justify-items: center;
      }
      .plain svg {
        width: min(100%, 320px);
        height: auto;
      }
      svg {
        width: 168px;
        height: 168px;
      }
      circle {
        fill: none;
        stroke-width: 5.5;
      }
      .track {
        stroke: var(--ews-track);
      }
      .part {
        transition: opacity 120ms;
      }
      text {
        fill: var(--primary-text-color);
        text-anchor: middle;
      }
      .whole {
        font-weight: 500;
      }
      .unit {
        fill: var(--ews-muted);
        font-size: 3px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: 0 var(--ews-space-2);
        min-height: 26px;
        transition: opacity 120ms;
      }
      i {
        flex: none;
        width: 12px;
        height: 12px;
        border-radius: 4px;
      }
      .name {
        flex: 1 1 5em;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .figures {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
      }
      .share {
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      .amount {
        min-width: 72px;
        text-align: end;
        white-space: nowrap;
      }
      @container fluid (max-width: 380px) {
        figure {
          grid-template-columns: minmax(0, 1fr);
          justify-items: center;
        }
        ul {
          width: 100%;
        }
      }
    `]}};R([F({attribute:!1})],Uf.prototype,`shares`,void 0),R([F({attribute:!1})],Uf.prototype,`amount`,void 0),R([F()],Uf.prototype,`whole`,void 0),R([F()],Uf.prototype,`wholeUnit`,void 0),R([F()],Uf.prototype,`label`,void 0),R([F({attribute:!1})],Uf.prototype,`locale`,void 0),R([F({type:Boolean})],Uf.prototype,`isPlain`,void 0),R([I()],Uf.prototype,`pointed`,void 0);var Wf=g`
  :host {
    container-type: inline-size;
  }
  [role="row"] {
    display: grid;
    grid-template-columns:
      52px minmax(0, 1.4fr) minmax(0, 1.5fr) minmax(0, 1.2fr) minmax(0, 1.1fr)
      minmax(0, 1fr);
    align-items: center;
    gap: 0 var(--ews-space-3);
    padding: 0 var(--ews-space-2);
    border-bottom: 1px solid var(--divider-color);
  }
  .editable [role="row"] {
    grid-template-columns:
      52px minmax(0, 1.4fr) minmax(0, 1.5fr) minmax(0, 1.2fr) minmax(0, 1.1fr)
      minmax(0, 1fr) 148px;
  }
  .head [role="row"] {
    min-height: 32px;
  }
  [role="columnheader"] {
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .rule {
    min-height: 52px;
    background: var(--card-background-color);
  }
  .rule.active {
    background: color-mix(in srgb, var(--primary-color) 8%, var(--card-background-color));
  }
  .rule.dead > :not(.actions, .warning) {
    opacity: 0.55;
  }
  .order {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .order b {
    font-weight: var(--ews-medium-weight);
    color: var(--ews-muted);
  }
  .handle {
    display: grid;
    place-items: center;
    width: 28px;
    height: 36px;
    margin-inline-start: -8px;
    color: var(--ews-muted);
    cursor: grab;
    touch-action: none;
  }
  .tariff {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--ews-space-2);
    min-width: 0;
    font-weight: var(--ews-medium-weight);
  }
  .tariff > i {
    flex: none;
    width: 14px;
    height: 14px;
    border-radius: 5px;
  }
  .text {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .now {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 0 8px;
    border-radius: var(--ha-border-radius-pill, 9999px);
    color: color-mix(in srgb, var(--ews-good) 65%, var(--primary-text-color));
    background: color-mix(in srgb, var(--ews-good) 15%, transparent);
    font-size: var(--ews-small);
    line-height: 20px;
  }
  .now i {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--ews-good);
    animation: pulse 2.4s ease-in-out infinite;
  }
  @keyframes pulse {
    50% {
      opacity: 0.3;
      transform: scale(0.75);
    }
  }
  .when {
    display: contents;
  }
  .price {
    white-space: nowrap;
  }
  .price small {
    color: var(--ews-muted);
  }
  .actions {
    display: flex;
    justify-content: flex-end;
    margin-inline-end: -8px;
  }
  .warning {
    grid-column: 2 / -1;
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
    padding-bottom: var(--ews-space-2);
    font-size: var(--ews-small);
    --ews-icon: 16px;
  }
  .warning svg {
    color: var(--ews-warn);
  }
  @container (max-width: 760px) {
    .head {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    [role="row"].rule,
    .editable [role="row"].rule {
      grid-template-columns: 44px minmax(0, 1fr) auto;
      gap: 2px var(--ews-space-2);
      padding-block: var(--ews-space-2);
    }
    .order {
      grid-row: 1;
    }
    .price {
      grid-area: 1 / 3;
    }
    .when {
      display: block;
      grid-column: 2 / -1;
      color: var(--ews-muted);
    }
    .when > :not(:last-child)::after {
      content: " ·";
    }
    .actions {
      grid-column: 1 / -1;
    }
  }
`,Q=class extends b{constructor(...e){super(...e),this.active=null,this.activePrice=``,this.unreachable=[],this.hiddenBy={},this.problems=[],this.canEdit=!1,this.currency=``,this.unit=``,this.today=``}render(){let{localize:e,plan:t}=this,n=[`order`,`tariff`,`dates`,`frame`,`weekdays`,`price`],r=_`<div role="rowgroup" class="rows">
      ${t.rules.map((e,t)=>this.row(e,t))}
    </div>`;return _`<div
      role="table"
      class=${this.canEdit?`editable`:``}
      aria-label=${e(`bill.rules`)}
      aria-rowcount=${t.rules.length+1}
    >
      <div role="rowgroup" class="head">
        <div role="row">
          ${n.map(t=>_`<span role="columnheader">${e(`bill.${t}`)}</span>`)}
          ${this.canEdit?_`<span role="columnheader">
                  <span class="hidden">${e(`bill.actions`)}</span>
                </span>`:y}
        </div>
      </div>
      ${this.canEdit?_`<ha-sortable
              handle-selector=".handle"
              draggable-selector=".rule"
              @item-moved=${this.drop}
            >
              ${r}
            </ha-sortable>`:r}
    </div>`}updated(){let{refocus:e}=this;if(this.refocus=void 0,!e)return;let t=this.renderRoot.querySelectorAll(`.rule`)[e.place],n=t?.querySelectorAll(`.move:not(:disabled)`);(t?.querySelector(`.${e.way}:not(:disabled)`)??n?.[0])?.focus()}row(e,t){let{localize:n,locale:r,plan:i}=this,a=i.tariffs.find(({name:t})=>t===e.tariff),o=t===this.active,s=this.priceOf(a,o),c=this.unreachable.includes(t),l=(e,t)=>_`<span role="cell" class=${e}>${t}</span>`,u=_`${this.canEdit?_`<span class="handle" title=${n(`bill.drag`)}>${w(`M7,19V17H9V19H7M11,19V17H13V19H11M15,19V17H17V19H15M7,15V13H9V15H7M11,15V13H13V15H11M15,15V13H17V15H15M7,11V9H9V11H7M11,11V9H13V11H11M15,11V9H17V11H15M7,7V5H9V7H7M11,7V5H13V7H11M15,7V5H17V7H15Z`)}</span>`:y}<b>${t+1}</b>`,d=_`<i style="background:${a?.color??`transparent`}"></i>
      <span class="text">${e.tariff}</span>
      ${o?_`<span class="now"><i></i>${n(`bill.now`)}</span>`:y}`,f=s===null?n(a?.price_source?`bill.dynamic`:`bill.no_price`):_`${wn(s,this.currency,r)}<small>/${this.unit}</small>`;return _`<div
      role="row"
      class="rule ${o?`active`:``} ${c?`dead`:``}"
      aria-current=${o?`true`:y}
    >
      ${l(`order`,u)}
      ${l(`tariff`,d)}
      <div class="when" role="none">
        ${l(`dates`,lf(e,r,n))}
        ${l(`frame`,cf(e,r,n))}
        ${l(`weekdays`,of(e.weekdays,r,n))}
      </div>
      ${l(`price`,f)}
      ${this.canEdit?l(`actions`,this.actions(e,t)):y}
      ${this.warnings(t,c)}
    </div>`}priceOf(e,t){return e?e.price_source?t&&this.activePrice?this.activePrice:null:jc(e,this.today):null}actions(e,t){let{localize:n}=this,r={number:t+1,tariff:e.tariff},i=(e,t,n,r,i=!1)=>_`<button
      class="icon-button ${e}"
      aria-label=${n}
      title=${n}
      ?disabled=${i}
      @click=${r}
    >
      ${w(t)}
    </button>`,a=(e,n)=>()=>{this.refocus={place:e,way:n},this.emit(`move`,{from:t,to:e})},o=this.plan.rules.length-1;return _`${i(`move up`,`M7.41,15.41L12,10.83L16.59,15.41L18,14L12,8L6,14L7.41,15.41Z`,n(`bill.move_up`,r),a(t-1,`up`),t===0)}
    ${i(`move down`,f,n(`bill.move_down`,r),a(t+1,`down`),t===o)}
    ${i(`edit`,`M14.06,9L15,9.94L5.92,19H5V18.08L14.06,9M17.66,3C17.41,3 17.15,3.1 16.96,3.29L15.13,5.12L18.88,8.87L20.71,7.04C21.1,6.65 21.1,6 20.71,5.63L18.37,3.29C18.17,3.09 17.92,3 17.66,3M14.06,6.19L3,17.25V21H6.75L17.81,9.94L14.06,6.19Z`,n(`bill.edit_rule`,r),()=>this.emit(`edit`,t))}
    ${i(`remove`,`M6,19A2,2 0 0,0 8,21H16A2,2 0 0,0 18,19V7H6V19M8,9H16V19H8V9M15.5,4L14.5,3H9.5L8.5,4H5V6H19V4H15.5Z`,n(`bill.remove_rule`,r),()=>this.emit(`remove`,t))}`}warnings(e,t){let{localize:n,problems:r}=this,i=r.filter(({where:t})=>t.startsWith(`rules[${e}]`)),o=(this.hiddenBy[String(e)]??[]).map(e=>e+1),s=o.length>0?n(`bill.hidden`,{rules:o.join(`, `)}):n(`bill.never`);return[...i.map(({message:e})=>e),...t?[s]:[]].map(e=>_`<span role="cell" class="warning">
        ${w(a)}<span>${e}</span>
      </span>`)}drop(e){e.stopPropagation();let{oldIndex:t,newIndex:n}=e.detail;t!==n&&this.emit(`move`,{from:t,to:n})}emit(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}static{this.styles=[D,Wf]}};R([F({attribute:!1})],Q.prototype,`plan`,void 0),R([F({attribute:!1})],Q.prototype,`active`,void 0),R([F()],Q.prototype,`activePrice`,void 0),R([F({attribute:!1})],Q.prototype,`unreachable`,void 0),R([F({attribute:!1})],Q.prototype,`hiddenBy`,void 0),R([F({attribute:!1})],Q.prototype,`problems`,void 0),R([F({type:Boolean})],Q.prototype,`canEdit`,void 0),R([F()],Q.prototype,`currency`,void 0),R([F()],Q.prototype,`unit`,void 0),R([F()],Q.prototype,`today`,void 0),R([F({attribute:!1})],Q.prototype,`locale`,void 0),R([F({attribute:!1})],Q.prototype,`localize`,void 0);var Gf=class extends b{constructor(...e){super(...e),this.options=[],this.value=``,this.label=``,this.disabled=!1}render(){return _`<div role="radiogroup" aria-label=${this.label}>
      ${this.options.map(e=>_`<label>
          <input
            type="radio"
            name="segment"
            .value=${e.value}
            .checked=${e.value===this.value}
            ?disabled=${this.disabled}
            @change=${t=>this.choose(t,e.value)}
          />
          <span>${e.label}</span>
        </label>`)}
    </div>`}choose(e,t){e.stopPropagation(),this.value=t,this.dispatchEvent(new CustomEvent(`change`,{detail:t}))}static{this.styles=[D,g`
      :host {
        display: inline-block;
        max-width: 100%;
      }
      div {
        display: flex;
        flex-wrap: wrap;
        gap: 2px;
        padding: 3px;
        border-radius: 18px;
        background: var(--ews-track);
      }
      label {
        position: relative;
        flex: 1 1 auto;
        min-width: 0;
      }
      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        pointer-events: none;
      }
      span {
        display: grid;
        place-items: center;
        cursor: pointer;
        min-height: 30px;
        padding: 0 14px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        color: var(--ews-muted);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
        transition:
          background-color 150ms,
          color 150ms;
      }
      label:hover span {
        color: var(--primary-text-color);
      }
      input:checked + span {
        color: var(--primary-text-color);
        background: color-mix(
          in srgb,
          var(--primary-color) 24%,
          var(--card-background-color)
        );
      }
      input:focus-visible + span {
        outline: 2px solid var(--primary-color);
        outline-offset: 1px;
      }
      @media (max-width: 600px) {
        span {
          padding: 0 6px;
        }
      }
      :host([disabled]) {
        opacity: 0.5;
      }
      :host([disabled]) label span {
        cursor: default;
      }
      @media (forced-colors: active) {
        input:checked + span {
          outline: 2px solid;
        }
      }
    `]}};R([F({attribute:!1})],Gf.prototype,`options`,void 0),R([F()],Gf.prototype,`value`,void 0),R([F()],Gf.prototype,`label`,void 0),R([F({type:Boolean,reflect:!0})],Gf.prototype,`disabled`,void 0);var Kf=class extends b{constructor(...e){super(...e),this.hiddenKeys=new Set,this.unit=``,this.previousName=``,this.name=``,this.isTicked=!1,this.amount=String}render(){let{summary:e,localize:t}=this;if(!e)return _`<ul aria-hidden="true">
        ${[70,55,80,45,60].map(e=>_`<li>
            <span class="bone" style="width:${e}%;height:18px;margin:11px 8px"></span>
          </li>`)}
      </ul>`;let n=[...e.rows].sort((e,t)=>(t.total??0)-(e.total??0)),r=[...n.map(e=>e.total),e.previousTotal];return this.amount=On(r,this.unit,this.locale),_`<ul aria-label=${this.name||t(`consumption.loads`)}>
      ${n.map(t=>this.row(t,e))}
      ${e.hasPrevious?this.previous(e):y}
    </ul>`}row(e,t){let n=k(t.total?(e.total??0)/t.total:0,this.locale,{style:`percent`,maximumFractionDigits:0}),r=this.isTicked&&this.hiddenKeys.has(e.key),i=e.total!==null&&t.total!==null&&!r;return this.item(e.key,e.name,this.isTicked?_`<i class="tick" style="--ews-tick:${e.color}">${w(`M9,20.42L2.79,14.21L5.62,11.38L9,14.77L18.88,4.88L21.71,7.71L9,20.42Z`)}</i>`:_`<i style="background:${e.color}"></i>`,_`<span class="share">${i?n:``}</span>
        <span class="amount">${this.amount(e.total)}</span>`)}previous(e){return this.item(Ou,this.previousName,_`<i class="previous"></i>`,_`<span class="amount">
        ${this.amount(e.previousTotal)}
      </span>`)}item(e,t,n,r){let i=!this.hiddenKeys.has(e);return _`<li class=${e===`previous`?`apart`:``}>
      <button
        role=${this.isTicked?`checkbox`:y}
        aria-checked=${this.isTicked?i:y}
        aria-pressed=${this.isTicked?y:i}
        title=${this.localize(`consumption.show_series`,{name:t})}
        class=${i?``:`off`}
        @click=${()=>this.emit(`toggle`,e)}
        @pointerenter=${()=>this.emit(`point`,e)}
        @pointerleave=${()=>this.emit(`point`,null)}
      >
        ${i||this.isTicked?n:w(`M2,5.27L3.28,4L20,20.72L18.73,22L15.65,18.92C14.5,19.3 13.28,19.5 12,19.5C7,19.5 2.73,16.39 1,12C1.69,10.24 2.79,8.69 4.19,7.46L2,5.27M12,9A3,3 0 0,1 15,12C15,12.35 14.94,12.69 14.83,13L11,9.17C11.31,9.06 11.65,9 12,9M12,4.5C17,4.5 21.27,7.61 23,12C22.18,14.08 20.79,15.88 19,17.19L17.58,15.76C18.94,14.82 20.06,13.54 20.82,12C19.17,8.64 15.76,6.5 12,6.5C10.91,6.5 9.84,6.68 8.84,7L7.3,5.47C8.74,4.85 10.33,4.5 12,4.5M3.18,12C4.83,15.36 8.24,17.5 12,17.5C12.69,17.5 13.37,17.43 14,17.29L11.72,15C10.29,14.85 9.15,13.71 9,12.28L5.6,8.87C4.61,9.72 3.78,10.78 3.18,12Z`)}
        <span class="name">${t}</span>
        <span class="figures">${r}</span>
      </button>
    </li>`}emit(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}static{this.styles=[D,g`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .apart {
        margin-top: var(--ews-space-1);
        padding-top: var(--ews-space-1);
        border-top: 1px solid var(--divider-color);
      }
      button {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: 0 var(--ews-space-2);
        width: 100%;
        min-height: 36px;
        padding: 0 var(--ews-space-2);
        border-radius: var(--ews-radius-small);
        text-align: start;
        --ews-icon: 16px;
      }
      .apart button {
        color: var(--ews-muted);
      }
      button:hover {
        background: var(--ews-track);
      }
      i {
        flex: none;
        width: 12px;
        height: 12px;
        margin-inline: 2px;
        border-radius: 4px;
      }
      i.tick {
        display: grid;
        place-items: center;
        width: 18px;
        height: 18px;
        margin-inline: -1px;
        border: 2px solid var(--ews-tick);
        border-radius: 5px;
        color: #fff;
        background: var(--ews-tick);
        --ews-icon: 12px;
      }
      .off i.tick {
        color: transparent;
        background: none;
      }
      i.previous {
        border: 1.5px solid var(--ews-muted);
        background: color-mix(in srgb, var(--ews-muted) 22%, transparent);
      }
      .name {
        flex: 1 1 5em;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .apart .name::first-letter {
        text-transform: uppercase;
      }
      .figures {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
      }
      .share {
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      .amount {
        min-width: 76px;
        text-align: end;
        white-space: nowrap;
      }
      .off {
        color: var(--ews-muted);
      }
      .off:not([role="checkbox"]) .name {
        text-decoration: line-through;
      }
    `]}};R([F({attribute:!1})],Kf.prototype,`summary`,void 0),R([F({attribute:!1})],Kf.prototype,`hiddenKeys`,void 0),R([F()],Kf.prototype,`unit`,void 0),R([F()],Kf.prototype,`previousName`,void 0),R([F()],Kf.prototype,`name`,void 0),R([F({type:Boolean})],Kf.prototype,`isTicked`,void 0),R([F({attribute:!1})],Kf.prototype,`locale`,void 0),R([F({attribute:!1})],Kf.prototype,`localize`,void 0);var qf=class extends b{render(){let{hass:e,site:t,device:n,live:r,localize:i,station:a}=this;return _`<ha-card>
      ${n?_`<legrand-ews-device-header
              .hass=${e}
              .site=${t}
              .device=${n}
              .status=${ur(n,e.states)}
              .live=${r}
              .localize=${i}
            ></legrand-ews-device-header>`:_`<h2>${a.name}</h2>
              <p class="about">${i(`greenup.other_make`)} ${this.link()}</p>`}
      <div class="pages">
        ${this.page(`station`,this.stationRows())}
        ${this.page(`charge`,this.chargeRows())} ${this.page(`about`,this.aboutRows())}
      </div>
      ${n?_`<legrand-ews-device-pages
              .hass=${e}
              .device=${n}
              .quantities=${t.quantities}
              .zone=${t.time_zone}
              .live=${r}
              .entry=${this.entry}
              .localize=${i}
            ></legrand-ews-device-pages>`:y}
    </ha-card>`}link(){let{device_id:e}=this.station;return!e||!this.hass.user?.is_admin?y:_`<a href="/config/devices/device/${e}" @click=${Vi}>
      ${this.localize(`device.disabled_action`)}
    </a>`}page(e,t){let n=this.localize(`greenup.about.${e}`);return _`<section data-page=${e} aria-label=${n}>
      <h3>${n}</h3>
      <dl>
        ${t.map(([e,t])=>_`<div>
            <dt>${e}</dt>
            <dd>${t}</dd>
          </div>`)}
      </dl>
    </section>`}yes(e){return this.localize(e?`device.yes`:`device.no`)}stationRows(){let{station:e,charging:t,localize:n}=this,r=t.circuits.find(t=>t.id===e.circuit_id),i=[[n(`greenup.about.status`),n(`status.${e.status}`)],[n(`greenup.about.managed`),this.yes(e.is_managed)],[n(`greenup.about.in_error`),this.yes(e.errors.length>0)],[n(`greenup.about.default_priority`),n(e.is_priority?`greenup.priority`:`greenup.normal`)]];r&&t.is_set_up&&i.push([n(`greenup.circuit`),r.name||n(`greenup.building`)]);for(let{text:t}of e.errors)i.push([n(`greenup.about.error`),_`<span class="tag bad">${t}</span>`]);return i}chargeRows(){let{station:e,localize:t,hass:n}=this,{session:r}=e,i=Fs(e),a=e.drawn_a.map(e=>B(e,n.locale)).join(` · `),o=e.progress===`running`?e.limit_a:null,s=k(r?.charge_ah??0,n.locale,{minimumFractionDigits:1,maximumFractionDigits:1}),c=e=>r&&e?e:`–`;return[[t(`greenup.about.state`),_`<span class="tag ${Ls(i)}">
          ${t(`greenup.states.${i}`)}
        </span>`],[t(`greenup.about.priority`),c(t(As(e)?`greenup.priority`:`greenup.normal`))],[t(`greenup.limit`),c(B(o,n.locale,0))],[t(`greenup.drawn`),c(a)],[t(`board.energy`),c(A(r?.energy??null,`Wh`,n.locale))],[t(`greenup.about.charge_ah`),c(`${s} Ah`)],[t(`greenup.duration`),c(rc(r?.duration_s??0,n.locale))]]}aboutRows(){let{station:e,device:t,localize:n,hass:r}=this,i=r.devices[e.device_id??``]??{},a=e=>typeof e==`string`&&e?e:void 0;return[[n(`greenup.about.rated`),B(e.rated_a,r.locale,0)],[n(`greenup.about.minimum`),B(e.minimum_a,r.locale,0)],[n(`greenup.about.phases`),e.phases.map(e=>`L${e}`).join(` · `)],[n(`greenup.about.make`),a(i.manufacturer)],[n(`greenup.about.model`),t?.printed??a(i.model)],[n(`greenup.about.firmware`),a(i.sw_version)],[n(`greenup.about.hardware`),a(i.hw_version)],[n(`greenup.about.serial`),a(i.serial_number)]].flatMap(([e,t])=>t?[[e,t]]:[])}static{this.styles=[D,zd,g`
      ha-card {
        display: grid;
        gap: var(--ews-space-4);
        padding: var(--ews-space-4);
      }
      h2,
      .about {
        margin: 0;
      }
      h2 {
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ews-medium-weight);
      }
      .about {
        color: var(--ews-muted);
      }
      .about a {
        color: var(--primary-color);
      }
      @container pages (max-width: 616px) {
        .pages {
          display: block;
        }
        .pages section {
          margin-bottom: var(--ews-space-3);
        }
        .pages section > h3 {
          display: block;
        }
      }
    `]}};R([F({attribute:!1})],qf.prototype,`hass`,void 0),R([F()],qf.prototype,`entry`,void 0),R([F({attribute:!1})],qf.prototype,`site`,void 0),R([F({attribute:!1})],qf.prototype,`charging`,void 0),R([F({attribute:!1})],qf.prototype,`station`,void 0),R([F({attribute:!1})],qf.prototype,`device`,void 0),R([F({attribute:!1})],qf.prototype,`live`,void 0),R([F({attribute:!1})],qf.prototype,`localize`,void 0);var Jf=class extends b{constructor(...e){super(...e),this.unit=``}render(){let{summary:e}=this;if(!e)return _`<ul aria-hidden="true">
        ${[80,55].map(e=>_`<li>
            <span class="bone" style="width:40%;height:18px"></span>
            <span class="bone bar" style="width:${e}%"></span>
          </li>`)}
      </ul>`;let{rows:t}=e,n=Math.max(0,...t.map(e=>e.total??0)),r=On(t.map(e=>e.total),this.unit,this.locale);return _`<ul>
      ${t.map((e,i)=>{let a=n>0?(e.total??0)/n:0;return _`<li>
          <p>
            <span class="name">${e.name}</span>
            <span class="note">${i>0?this.difference(e,t[0]):``}</span>
            <b>${e.total===null?this.localize(`consumption.missing`):r(e.total)}</b>
          </p>
          <div class="bar">
            <i style="inline-size:${(100*a).toFixed(2)}%;background:${e.color}"></i>
          </div>
        </li>`})}
    </ul>`}difference(e,t){if(!t?.total||e.total===null)return``;let n=(e.total-t.total)/t.total;return this.localize(`compare.difference`,{change:kn(n,this.locale),name:t.name})}static{this.styles=[D,g`
      :host {
        container-type: inline-size;
      }
      ul {
        display: grid;
        gap: var(--ews-space-4);
        min-height: var(--ews-chart-height, 200px);
        align-content: start;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      p {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        align-items: baseline;
        gap: 0 var(--ews-space-3);
        margin: 0 0 var(--ews-space-1);
      }
      .name {
        font-weight: var(--ews-medium-weight);
        overflow-wrap: anywhere;
      }
      .note {
        min-width: 0;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        overflow-wrap: anywhere;
      }
      b {
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
      }
      .bar {
        height: 20px;
        overflow: hidden;
        border-radius: 6px;
        background: var(--ews-track);
      }
      .bone.bar {
        display: block;
      }
      .bar i {
        display: block;
        height: 100%;
        border-radius: inherit;
        transition: inline-size 400ms;
      }
      @container (max-width: 620px) {
        p {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .note {
          grid-row: 2;
          grid-column: 1 / -1;
        }
      }
    `]}};R([F({attribute:!1})],Jf.prototype,`summary`,void 0),R([F()],Jf.prototype,`unit`,void 0),R([F({attribute:!1})],Jf.prototype,`locale`,void 0),R([F({attribute:!1})],Jf.prototype,`localize`,void 0);var $=class extends b{constructor(...e){super(...e),this.unit=``,this.period=`day`,this.name=``,this.previousName=``,this.zone=``,this.compares=!0,this.isYield=!1}render(){let{summary:e,localize:t}=this;return _`<dl>
      <div class="tile main">
        <dt>${this.name}</dt>
        ${this.amount(e?.total)}
        <dd class="note">
          ${e?.isRunning&&e.total!==null?t(`consumption.so_far`):y}
        </dd>
      </div>
      ${this.compares?_`<div class="tile">
                <dt>${this.previousName}</dt>
                ${this.amount(e?.previousTotal)}
                <dd class="note">
                  ${e?.isRunning&&e.hasPrevious?t(`consumption.whole_period`):y}
                </dd>
              </div>
              <div class="tile">
                <dt>${t(`consumption.difference`)}</dt>
                ${this.difference()}
              </div>`:y}
    </dl>`}amount(e){if(e===void 0&&!this.summary)return _`<dd class="value"><span class="bone"></span></dd>`;if(e==null)return _`<dd class="value none">–</dd>`;let{number:t,unit:n}=En(e,this.unit,this.locale);return _`<dd class="value">${t} <small>${n}</small></dd>`}difference(){let{summary:e,locale:t,localize:n}=this;if(!e)return this.amount(void 0);let{difference:r}=e;if(!r)return _`<dd class="value none">–</dd>
        <dd class="note">${n(`consumption.no_comparison`)}</dd>`;let i=r.current-r.previous,a=i>0?`M7.03 9.97H11.03V18.89L13.04 18.92V9.97H17.03L12.03 4.97Z`:i<0?`M7.03 13.92H11.03V5L13.04 4.97V13.92H17.03L12.03 18.92Z`:`M19,10H5V8H19V10M19,16H5V14H19V16Z`,o=(i>0?`+`:i<0?`−`:``)+A(Math.abs(i),this.unit,t),s=this.isYield?i>0:i<0,c=i===0?``:s?`welcome`:`unwelcome`,{period:l,zone:u}=this,d=Pa(r,l,t,u,n);return _`<dd class="value change ${c}">
        ${w(a)} ${r.ratio===null?o:kn(r.ratio,t)}
      </dd>
      <dd class="note">
        ${r.ratio===null?d:[o,d].filter(Boolean).join(` · `)}
      </dd>`}static{this.styles=[D,g`
      :host {
        container-type: inline-size;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: var(--ews-space-3);
        margin: 0;
      }
      .tile {
        min-width: 0;
        padding: var(--ews-space-3) var(--ews-space-4);
        border-radius: var(--ews-radius);
        background: var(--ews-track);
      }
      .main {
        background: color-mix(in srgb, var(--primary-color) 12%, transparent);
      }
      dt {
        overflow: hidden;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        font-weight: var(--ews-medium-weight);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      dt::first-letter {
        text-transform: uppercase;
      }
      dd {
        margin: 0;
      }
      .value {
        display: flex;
        align-items: baseline;
        gap: 0.25em;
        min-height: 34px;
        font-size: var(--ha-font-size-2xl, 24px);
        font-weight: var(--ews-medium-weight);
        line-height: 34px;
        letter-spacing: -0.01em;
        white-space: nowrap;
      }
      .value small {
        color: var(--ews-muted);
        font-size: var(--ews-normal);
        letter-spacing: 0;
      }
      .value .bone {
        align-self: center;
        width: 60%;
        height: 22px;
      }
      .none {
        color: var(--ews-muted);
      }
      .note {
        overflow: hidden;
        min-height: 17px;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .change svg {
        align-self: center;
        --ews-icon: 24px;
        margin-inline-start: -6px;
      }
      .welcome svg {
        color: var(--ews-good);
      }
      .unwelcome svg {
        color: var(--ews-warn);
      }
      @container (max-width: 520px) {
        dl {
          grid-template-columns: repeat(2, minmax(0, 1fr));
          gap: var(--ews-space-2);
        }
        .tile {
          padding: var(--ews-space-2) var(--ews-space-3);
        }
        .main {
          grid-column: 1 / -1;
        }
        .tile:not(.main) .value {
          font-size: var(--ha-font-size-xl, 20px);
          min-height: 28px;
          line-height: 28px;
        }
        .note {
          white-space: normal;
        }
      }
    `]}};R([F({attribute:!1})],$.prototype,`summary`,void 0),R([F()],$.prototype,`unit`,void 0),R([F()],$.prototype,`period`,void 0),R([F()],$.prototype,`name`,void 0),R([F()],$.prototype,`previousName`,void 0),R([F()],$.prototype,`zone`,void 0),R([F({type:Boolean})],$.prototype,`compares`,void 0),R([F({type:Boolean})],$.prototype,`isYield`,void 0),R([F({attribute:!1})],$.prototype,`locale`,void 0),R([F({attribute:!1})],$.prototype,`localize`,void 0);var Yf=4,Xf=`dashboard`,Zf=`details`,Qf=`links`,$f=`greenup`;function ep(e,t){return{...e,show_icon_and_title:!0,type:`sections`,max_columns:Yf,sections:[{type:`grid`,column_span:Yf,cards:[{...t,grid_options:{columns:`full`}}]}]}}function tp(e,t){let n=(n,r,i,a,o={collection:Xf})=>({view:{title:t(r),path:n,icon:i},card:{type:`custom:legrand-ews-${a}`,...e,...o}});return[n(`panel-board`,`board.title`,`mdi:view-list-outline`,`panel-board`,{details_path:Zf}),n(`consumptions`,`consumption.grand_total`,`mdi:chart-bar-stacked`,`consumption`,{level:`site`,by:`load`,collection:Xf}),n(`overall`,`overall.title`,`mdi:chart-donut`,`overall`),n(`partials`,`partials.title`,`mdi:filter-variant`,`partials`),n(`compare`,`compare.title`,`mdi:compare-horizontal`,`compare`),n(Zf,`details.title`,`mdi:meter-electric-outline`,`details`),n(`tariffs`,`tariffs.title`,`mdi:chart-pie-outline`,`tariffs`),n(`bill`,`bill.title`,`mdi:receipt-text-outline`,`bill`),n($f,`greenup.title`,`mdi:ev-station`,`greenup`,{}),n(`download`,`download.title`,`mdi:download`,`download`,{}),n(Qf,`links.title`,`mdi:link-variant`,`links`,{})]}function np(e,t){let n=e?{config_entry_id:e.config_entry_id}:{},r=t=>(t!==Qf||e?.has_links)&&(t!==$f||e?.has_charging);return tp(n,t).filter(({view:e})=>r(e.path)).map(({view:e,card:t})=>ep(e,t))}function rp(e,t){let n=`-${t.config_entry_id.toLowerCase()}`;return{...e,title:`${e.title} · ${t.name}`,path:e.path+n,sections:e.sections.map(e=>({...e,cards:e.cards.map(e=>e.details_path?{...e,details_path:Zf+n}:e)}))}}function ip(e,t,n){let r=e.config_entry_id,i=r?t.filter(e=>e.config_entry_id===r):t,[a]=i;if(i.length>1)return{title:n(`title`),views:i.flatMap(e=>np(e,n).map(t=>rp(t,e)))};let o=a??(r?{config_entry_id:r,name:``}:void 0);return{title:o?.name||n(`title`),views:np(o,n)}}var ap=`legrand-ews`;async function op(e,t){let n=await xs(e,t).catch(()=>void 0);return n!==void 0&&(n.is_set_up||n.stations.length>0)}var sp=1500,cp=4;async function lp(e){for(let t=1;t<cp;t+=1)try{return await e()}catch{await new Promise(e=>setTimeout(e,sp))}return e()}async function up(e,t){try{let{devices:n}=await lp(()=>Zt(e,t.config_entry_id)),r=n.some(e=>e.functions.includes(`link`)),i=n.some(e=>e.quantities.includes(`station_state`))||await op(e,t.config_entry_id);return{...t,has_links:r,has_charging:i}}catch{return t}}var dp=class extends HTMLElement{static getCreateSuggestions(e){return{title:Ar(e.locale.language)(`title`),icon:`mdi:lightning-bolt-circle`}}static shouldRegenerate(e,t,n){return t.locale.language!==n.locale.language}static async generate(e,t){let n=await Xt(t).catch(()=>[]);return ip(e,await Promise.all(n.map(e=>up(t,e))),Ar(t.locale.language))}},fp={"legrand-ews-segmented":Gf,"legrand-ews-picker":Jd,"legrand-ews-period-bar":qd,"legrand-ews-ring":Uf,"legrand-ews-total-bars":Jf,"legrand-ews-control":K,"legrand-ews-harmonics":Gd,"legrand-ews-corrections":td,"legrand-ews-device-header":md,"legrand-ews-device-pages":Vd,"legrand-ews-total-tiles":$,"legrand-ews-series-legend":Kf,"legrand-ews-consumption-chart":G,"legrand-ews-device-row":J,"legrand-ews-rule-table":Q,"legrand-ews-plan-preview":Z,"legrand-ews-plan-tariffs":Lf,"legrand-ews-plan-bar":Xd,"legrand-ews-plan-beside":Qd,"legrand-ews-plan-dialog":Y,"legrand-ews-plan-editor":X,"legrand-ews-bill-sheet":H,"legrand-ews-charging-zones":uc,"legrand-ews-charging-row":U,"legrand-ews-charging-course":pu,"legrand-ews-charging-live":vu,"legrand-ews-charging-sessions":W,"legrand-ews-station-details":qf,"legrand-ews-management-switch":Kd,"legrand-ews-departure-dialog":q,"legrand-ews-consumption":Wa,"legrand-ews-overall":Lc,"legrand-ews-partials":Kc,"legrand-ews-compare":vo,"legrand-ews-tariffs":Zc,"legrand-ews-bill":Ka,"legrand-ews-details":ns,"legrand-ews-greenup":pc,"legrand-ews-links":mc,"legrand-ews-download":z,"legrand-ews-panel-board":Wc,[`ll-strategy-dashboard-${ap}`]:dp};if(!customElements.get(`legrand-ews-panel-board`)){for(let[e,t]of Object.entries(fp))customElements.define(e,t);let e=Ar(document.documentElement.lang||navigator.language),t=e(`title`);window.customCards??=[],window.customCards.push({type:`legrand-ews-panel-board`,name:`${t}: ${e(`board.title`)}`,description:e(`board.description`),preview:!0},{type:`legrand-ews-consumption`,name:`${t}: ${e(`consumption.grand_total`)}`,description:e(`consumption.description`),preview:!0},...[`overall`,`partials`,`compare`,`details`,`tariffs`,`bill`,`greenup`,`links`,`download`].map(n=>({type:`legrand-ews-${n}`,name:`${t}: ${e(`${n}.title`)}`,description:e(`${n}.description`),preview:!0}))),window.customStrategies??=[],window.customStrategies.push({type:ap,strategyType:`dashboard`,name:t,description:e(`strategy.description`)})}